import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createOnce, readIfThere } from './create-once.js';
import { StartupError } from './startup-error.js';

const SECRET_FILE = 'jwt-secret';
const SECRET_BYTES = 48;

/**
 * The signing secret of this data folder. The first call creates it in a file of mode 0600; later calls return the
 * same.
 *
 * @throws StartupError if the folder is not writable or the file is damaged
 */
export function generatedSecret(dataDirectory: string): string {
  const path = join(dataDirectory, SECRET_FILE);
  try {
    const secret = readIfThere(path) ?? createOnce(path, randomBytes(SECRET_BYTES).toString('base64url'));
    if (Buffer.byteLength(secret) >= 32) return secret;
  } catch (error) {
    throw new StartupError(
      `The data folder ${dataDirectory} cannot be used (${(error as Error).message}). Make it readable and writable for this user, or set DATA_DIR to another folder.`,
    );
  }
  throw new StartupError(
    `${path} is damaged: it contains fewer than 32 bytes. Delete it to get a new secret; existing tokens become invalid.`,
  );
}
