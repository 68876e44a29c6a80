import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { StartupError } from '../platform/config/index.js';

/**
 * Opens the input file of a command; `-` is standard input.
 *
 * @param kinds accepted kinds of files, for the message
 * @throws StartupError if the file cannot be read
 */
export async function openInput(file: string, kinds: string): Promise<Readable> {
  if (file === '-') return process.stdin;
  await access(file, constants.R_OK).catch(() => {
    throw new StartupError(
      `${file} cannot be read. Give the path of a ${kinds} file, plain or .gz, or - for standard input.`,
    );
  });
  return createReadStream(file, { highWaterMark: 1 << 20 });
}
