import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from './support/compiled.js';

describe('client/schema.ts', () => {
  it('matches openapi.json; else run: npm run client', async () => {
    await promisify(execFile)('npm', ['run', '--silent', 'client', '--', '--check'], { cwd: ROOT });
  });
});
