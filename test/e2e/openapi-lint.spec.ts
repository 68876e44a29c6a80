import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/compiled.js';

const OPENAPI = join(ROOT, 'openapi.json');
const PATIENCE_MS = 180_000;

/** Both linters as integrators run them, with their default rules. */
const LINTERS: Readonly<Record<string, (file: string) => readonly string[]>> = {
  spectral: (file) => [
    'spectral',
    'lint',
    file,
    '--ruleset',
    join(ROOT, '.spectral.json'),
    '--fail-severity=hint',
    '--display-only-failures',
  ],
  redocly: (file) => ['redocly', 'lint', file, '--extends=recommended', '--format=github-actions'],
};

describe.each(Object.keys(LINTERS))('openapi.json in %s', (linter) => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'pmr-openapi-lint-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'has no error and no warning',
    async () => {
      expect(await complaintsOf(linter, OPENAPI)).toBe('');
    },
    PATIENCE_MS,
  );

  it(
    'has some if a route lacks a description',
    async () => {
      const file = join(folder, 'openapi.json');
      writeFileSync(file, readFileSync(OPENAPI, 'utf8').replace('"operationId": "listUsers",', ''));

      expect(await complaintsOf(linter, file)).toMatch(/operation-?id/i);
    },
    PATIENCE_MS,
  );
});

/** The output of a linter about a file; empty if it finds neither errors nor warnings. */
function complaintsOf(linter: string, file: string): Promise<string> {
  const [command = '', ...args] = LINTERS[linter]?.(file) ?? [];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return new Promise((resolve) => {
    execFile(join(ROOT, 'node_modules/.bin', command), args, { env }, (error, stdout, stderr) => {
      const complaints = stdout.split('\n').filter((line) => /error|warning/i.test(line));
      const isClean = error === null && complaints.every((line) => /^No results with a severity/.test(line));
      resolve(isClean ? '' : stdout + stderr);
    });
  });
}
