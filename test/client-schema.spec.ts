import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from './support/compiled.js';

describe('client/schema.ts', () => {
  it('is what openapi.json says; else run: npm run client', async () => {
    await promisify(execFile)('npm', ['run', '--silent', 'client', '--', '--check'], { cwd: ROOT });
  });
});
