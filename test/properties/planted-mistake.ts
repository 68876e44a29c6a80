import { transformSync } from '@swc/core';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Domain } from '../support/ledger-story.js';

/** A change of the domain's source that makes it incorrect. */
export interface PlantedMistake {
  /** Path below src/domain. */
  readonly file: string;
  /** Text that occurs in the file exactly once. */
  readonly replace: string;
  readonly by: string;
}

const DOMAIN = join(__dirname, '../../src/domain');
const compiled = new Map<string, string>();

/**
 * Loads a copy of src/domain with one mistake, in memory only; the domain itself is unchanged.
 *
 * @throws Error if the text to replace does not occur exactly once: the mistake must be updated with the code
 */
export function domainWith(mistake?: PlantedMistake): Domain {
  const sources = new Map(sourceFiles().map((file) => [file, readFileSync(join(DOMAIN, file), 'utf8')]));
  const outputs = new Map([...sources].map(([file, source]) => [file, compile(file, source)]));
  if (mistake !== undefined) {
    const source = sources.get(mistake.file) ?? '';
    const occurrences = source.split(mistake.replace).length - 1;
    if (occurrences !== 1) {
      throw new Error(
        `${mistake.file} contains this text ${occurrences} times, not once:\n${mistake.replace}`,
      );
    }
    outputs.set(
      mistake.file,
      compile(
        mistake.file,
        source.replace(mistake.replace, () => mistake.by),
      ),
    );
  }
  return linkModules(outputs);
}

function sourceFiles(): string[] {
  return readdirSync(DOMAIN, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
}

function compile(filename: string, source: string): string {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const { code } = transformSync(source, {
    filename,
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  compiled.set(source, code);
  return code;
}

function linkModules(outputs: ReadonlyMap<string, string>): Domain {
  const loaded = new Map<string, object>();
  const load = (file: string): object => {
    const known = loaded.get(file);
    if (known !== undefined) return known;
    const code = outputs.get(file);
    if (code === undefined) throw new Error(`src/domain imports ${file}, which is not in it`);
    const exported = {};
    loaded.set(file, exported);
    const requireFrom = (path: string): object =>
      load(posix.join(posix.dirname(file), path.replace(/\.js$/, '.ts')));
    // oxlint-disable-next-line typescript/no-implied-eval -- runs our own source, changed in one place
    const run = new Function('exports', 'require', code) as (exports: object, require: unknown) => void;
    run(exported, requireFrom);
    return exported;
  };
  return load('index.ts') as Domain;
}
