import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { StartupError } from '../platform/config/index.js';

/**
 * Opens the file that a command reads; `-` is standard input.
 *
 * @param kinds what it may be, for who names a file that cannot be read
 * @throws StartupError where it cannot be read
 */
export async function openInput(file: string, kinds: string): Promise<Readable> {
  if (file === '-') return process.stdin;
  await access(file, constants.R_OK).catch(() => {
    throw new StartupError(
      `${file} cannot be read; give the path of a ${kinds} file, plain or .gz, or - for standard input.`,
    );
  });
  return createReadStream(file, { highWaterMark: 1 << 20 });
}
