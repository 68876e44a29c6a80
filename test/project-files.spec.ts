import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCompiled, ROOT } from './support/compiled.js';

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const jsonOf = <T>(path: string): T => JSON.parse(textOf(path)) as T;

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const MANIFEST = jsonOf<Manifest>('package.json');

describe('the version', () => {
  beforeAll(ensureCompiled, 180_000);

  it('is the same in every file and program that states one', () => {
    const lock = jsonOf<{ version: string; packages: Record<string, { version: string }> }>(
      'package-lock.json',
    );
    const document = jsonOf<{ info: { version: string } }>('openapi.json');
    const printed = execFileSync(process.execPath, [join(ROOT, 'bin', 'cli.mjs'), '--version'], {
      encoding: 'utf8',
    });

    expect({
      lock: lock.version,
      lockedRoot: lock.packages['']?.version,
      openapi: document.info.version,
      commandLine: printed.trim(),
    }).toEqual({
      lock: MANIFEST.version,
      lockedRoot: MANIFEST.version,
      openapi: MANIFEST.version,
      commandLine: MANIFEST.version,
    });
  });

  it('of Node in .nvmrc is one that package.json allows', () => {
    const oldest = /^>=(\d+)\./.exec(MANIFEST.engines.node)?.[1];
    expect(Number(textOf('.nvmrc'))).toBeGreaterThanOrEqual(Number(oldest));
  });
});

describe('CHANGELOG.md', () => {
  const SECTIONS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
  const versions = textOf('CHANGELOG.md')
    .split(/^## /m)
    .slice(1)
    .map((text) => ({ heading: text.split('\n', 1)[0] as string, text }));

  it('has unreleased changes on top, then releases with their dates, and the newest is that of package.json', () => {
    const [first, ...releases] = versions.map(({ heading }) => heading);

    expect(first).toBe('[Unreleased]');
    expect(releases.filter((heading) => !/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/.test(heading))).toEqual([]);
    expect(releases[0] ?? `[${MANIFEST.version}]`).toContain(`[${MANIFEST.version}]`);
  });

  it('has each section once per version, in the usual order', () => {
    for (const { text } of versions) {
      const sections = [...text.matchAll(/^### (.*)$/gm)].map(([, name]) => name as string);
      expect(sections).toEqual(SECTIONS.filter((name) => sections.includes(name)));
    }
  });

  it('contains no entry twice', () => {
    for (const { text } of versions) {
      const lines = text.split('\n').filter((line) => line.startsWith('- '));
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
    }
  });
});

describe('docs/decisions', () => {
  const FOLDER = 'docs/decisions';
  const files = readdirSync(join(ROOT, FOLDER)).filter((name) => name !== 'README.md');

  it('are numbered from 1, without gaps', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(files.map((name) => name.slice(0, 5))).toEqual(
      files.map((_, index) => `${String(index + 1).padStart(4, '0')}-`),
    );
  });

  it('are listed in the index with the title, date and status of their file', () => {
    const rows = textOf(`${FOLDER}/README.md`)
      .split('\n')
      .filter((line) => /^\| \d/.test(line))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const heads = files.map((name) => {
      const text = textOf(`${FOLDER}/${name}`);
      const head =
        /^---\nstatus: (.+)\ndate: (\d{4}-\d\d-\d\d)\n(?:changed: \d{4}-\d\d-\d\d\n)?---\n\n# (.+)\n/;
      const [, status, date, title] = head.exec(text) ?? [];
      return ['', name.slice(0, 4), `[${title}](${name})`, date, status, ''];
    });

    expect(rows).toEqual(heads);
  });
});

describe.each(['CONTRIBUTING.md', 'README.md', 'test/README.md'])('the commands in %s', (document) => {
  const text = textOf(document);

  it('name scripts of package.json, installed programs and existing tests', () => {
    const scripts = [...text.matchAll(/\bnpm run (?:--silent )?([a-z:]+)/g)].map(
      ([, name]) => name as string,
    );
    const programs = [...text.matchAll(/\bnpx ([a-z]+)/g)].map(([, name]) => name as string);
    const paths = [...text.matchAll(/\bnpx jest ((?:[\w./-]+ ?)*)/g)]
      .flatMap(([, list]) => (list as string).trim().split(' '))
      .filter((path) => path !== '' && !path.startsWith('-'));
    const installed = { ...MANIFEST.dependencies, ...MANIFEST.devDependencies };

    expect(scripts.length + programs.length).toBeGreaterThan(0);
    expect(scripts.filter((name) => MANIFEST.scripts[name] === undefined)).toEqual([]);
    expect(programs.filter((name) => installed[name] === undefined)).toEqual([]);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe('the documents', () => {
  const files = ['bench', 'bin', 'client', 'docs', 'migrations', 'src', 'test']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
        join(folder, path),
      ),
    )
    .concat(readdirSync(ROOT));
  const documents = files.filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md');

  it('name files and folders that exist', () => {
    const paths = documents.flatMap((document) =>
      [...textOf(document).matchAll(/(?<![\w/.-])(?:src|test|bench|bin|migrations)\/[\w./*-]+/g)]
        .map(([path]) => ({ document, path: path.replace(/[.:/]+$/, '') }))
        .filter(({ path }) => !path.includes('*')),
    );
    const names = documents.flatMap((document) =>
      [...textOf(document).matchAll(/`(?!dist\/)([\w/-]+(?:\.[\w-]+)*\.(?:[cm]?js|ts|sql))`/g)].map(
        ([, name]) => ({
          document,
          name,
        }),
      ),
    );

    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(names.filter(({ name }) => !files.some((path) => `/${path}`.endsWith(`/${name}`)))).toEqual([]);
  });
});

describe('the numbers of advisory locks', () => {
  it('differ, because two kinds of work with one number would keep each other waiting', () => {
    const numbers = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        [...textOf(join('src', file)).matchAll(/_LOCK = ([\d_]+);/g)].map(([, number]) => number),
      );
    expect(numbers.length).toBeGreaterThan(9);
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  });
});
