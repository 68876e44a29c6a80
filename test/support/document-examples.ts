import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './compiled.js';

/** A command in a document that readers can paste: a fence marked `sh run`, and the fence `... output` after it. */
export interface DocumentExample {
  /** Line of the document, from 1. */
  readonly line: number;
  readonly commands: string;
  /** The output in the document: a whole text, or part of a JSON answer. */
  readonly output: { readonly kind: string; readonly text: string } | null;
}

/** The address in the examples. */
const WRITTEN_FOR = 'http://localhost:3000';

/** Every fence that is marked as an example, in the order of the document. */
export function examplesOf(document: string): DocumentExample[] {
  const fences = [...document.matchAll(/^```(\S+) (run|output)\n([\s\S]*?)^```$/gm)].map((match) => ({
    line: document.slice(0, match.index).split('\n').length,
    kind: match[1] as string,
    isRun: match[2] === 'run',
    text: match[3] as string,
  }));
  return fences.flatMap((fence, index) => {
    if (!fence.isRun) return [];
    const next = fences[index + 1];
    const output = next === undefined || next.isRun ? null : { kind: next.kind, text: next.text };
    return [{ line: fence.line, commands: fence.text, output }];
  });
}

/**
 * Runs all examples of a document in one shell, in the project's folder, like a reader who pastes one after the other.
 *
 * @param url address of the service
 * @param env settings of the commands that do not use HTTP
 * @returns the output of each example
 */
export async function runExamples(
  examples: readonly DocumentExample[],
  url: string,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pmr-examples-'));
  const outputOf = (index: number): string => join(folder, `${index}.txt`);
  try {
    const script = examples
      .map(({ commands }, index) => `{\n${commands}\n} > ${outputOf(index)}\n`)
      .join('')
      .replaceAll(WRITTEN_FOR, url);
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(NODE_ENV|JEST_|DATABASE_|AUTH_)/.test(name)),
    );
    await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: ROOT,
      env: { ...inherited, ...env },
    });
    return examples.map((_, index) => readFileSync(outputOf(index), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compares an example's output with the document. */
export function expectOutput({ output }: DocumentExample, printed: string): void {
  if (output === null) {
    expect(printed).not.toContain('"urn:problem');
  } else if (output.kind === 'json') {
    expect(JSON.parse(printed)).toMatchObject(JSON.parse(output.text) as object);
  } else {
    expect(printed.replaceAll('\r\n', '\n').trimEnd()).toBe(output.text.trimEnd());
  }
}
