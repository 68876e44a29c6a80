import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './compiled.js';

/** The example export of docs/migration.md. */
export const EXAMPLE_EXPORT = join(ROOT, 'docs', 'migration', 'example-export');
const CONVERTER = join(ROOT, 'docs', 'migration', 'convert-export.mjs');

/** What the converter printed, and its exit code. */
export interface Conversion {
  readonly code: number;
  readonly lines: string[];
  readonly complaints: string;
}

/** Runs the converter of the documentation like a reader, in a time zone that must not have an effect. */
export async function convert(folder: string, ...options: string[]): Promise<Conversion> {
  const run = promisify(execFile)(process.execPath, [CONVERTER, folder, ...options], {
    maxBuffer: 1 << 28,
    env: { ...process.env, TZ: 'America/New_York' },
  });
  const { code, stdout, stderr } = await run.then(
    (done) => ({ code: 0, ...done }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return { code, lines: stdout.split('\n').filter((line) => line !== ''), complaints: stderr };
}
