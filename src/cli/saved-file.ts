import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { StartupError } from '../platform/config/index.js';
import type { OpenCsv } from '../platform/csv/index.js';

/**
 * Writes under another name until the file is complete, so that an aborted export leaves no file that looks complete. A
 * pipe or a device is written to directly, because a rename would replace it by a file.
 */
export async function save({ text }: Pick<OpenCsv, 'text'>, file: string): Promise<void> {
  const isFile = await stat(file).then(
    (target) => target.isFile(),
    () => true, // it does not exist yet
  );
  const draft = isFile ? `${file}.part` : file;
  try {
    await pipeline(text, createWriteStream(draft));
    if (isFile) await rename(draft, file);
  } catch (error) {
    if (isFile) await rm(draft, { force: true });
    const { code, message, path } = error as NodeJS.ErrnoException;
    if (path === undefined) throw error;
    throw new StartupError(`${file} cannot be written (${code ?? message}). Give --csv another path.`);
  }
}
