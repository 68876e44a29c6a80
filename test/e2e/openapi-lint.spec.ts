import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/compiled.js';

const OPENAPI = join(ROOT, 'openapi.json');
const PATIENCE_MS = 180_000;

interface Complaint {
  readonly file: string;
  readonly rule: string;
}

interface RedoclyReport {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly location: readonly { readonly source: { readonly ref: string } }[];
  }[];
}

interface Linter {
  readonly command: (...files: string[]) => string[];
  readonly complaintsIn: (stdout: string) => Complaint[];
}

/** Both linters as integrators run them, with their default rules. */
const LINTERS: Readonly<Record<string, Linter>> = {
  spectral: {
    command: (...files) => [
      'spectral',
      'lint',
      ...files,
      '--ruleset',
      join(ROOT, '.spectral.json'),
      '--fail-severity=hint',
      '--format=json',
    ],
    complaintsIn: (stdout) =>
      // A line of text follows the JSON if nothing is wrong.
      (JSON.parse(stdout.slice(0, stdout.lastIndexOf(']') + 1)) as { source: string; code: string }[]).map(
        ({ source, code }) => ({ file: source, rule: code }),
      ),
  },
  redocly: {
    command: (...files) => ['redocly', 'lint', ...files, '--extends=recommended', '--format=json'],
    complaintsIn: (stdout) => {
      // One report per file, one after the other.
      const reports = stdout.split(/(?<=^\})(?=\{)/m).map((report) => JSON.parse(report) as RedoclyReport);
      return reports.flatMap(({ problems }) =>
        problems.map(({ ruleId, location: [place] }) => ({
          file: place?.source.ref ?? 'nowhere',
          rule: ruleId,
        })),
      );
    },
  },
};

/** A linter takes seconds to load, so each runs once, on both files. */
describe.each(Object.keys(LINTERS))('openapi.json in %s', (name) => {
  let folder: string;
  let spoilt: string;
  let complaints: readonly Complaint[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pmr-openapi-lint-'));
    spoilt = join(folder, 'spoilt.json');
    writeFileSync(spoilt, JSON.stringify(spoiltDocument()));
    complaints = await complaintsOf(LINTERS[name] as Linter, OPENAPI, spoilt);
  }, PATIENCE_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has no error and no warning', () => {
    expect(complaints.filter(({ file }) => !file.endsWith('spoilt.json'))).toEqual([]);
  });

  it('has some if an operation lacks its id', () => {
    expect(complaints.map(({ rule }) => rule)).toContainEqual(expect.stringMatching(/operation-?id/i));
  });
});

/** Only one operation, without its id, because Spectral needs seconds for the whole document. */
function spoiltDocument(): unknown {
  const document = JSON.parse(readFileSync(OPENAPI, 'utf8')) as {
    paths: Record<string, { get: object }>;
  };
  const get = { ...document.paths['/api/users']?.get, operationId: undefined };
  return { ...document, paths: { '/api/users': { get } } };
}

function complaintsOf({ command, complaintsIn }: Linter, ...files: string[]): Promise<Complaint[]> {
  const [program = '', ...args] = command(...files);
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return new Promise((resolve, reject) => {
    execFile(join(ROOT, 'node_modules/.bin', program), args, { env, cwd: ROOT }, (_error, stdout, stderr) => {
      try {
        resolve(complaintsIn(stdout));
      } catch {
        reject(new Error(`${program} did not report: ${stdout}${stderr}`));
      }
    });
  });
}
