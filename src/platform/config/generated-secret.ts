import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from './startup-error.js';

const SECRET_FILE = 'jwt-secret';
const SECRET_BYTES = 48;

/**
 * The signing secret of this data folder, made at the first call and the same ever after, in a file of mode 0600.
 *
 * @throws StartupError when the folder cannot be written, or the file was damaged
 */
export function generatedSecret(dataDirectory: string): string {
  const path = join(dataDirectory, SECRET_FILE);
  try {
    const secret = read(path) ?? create(path, dataDirectory);
    if (Buffer.byteLength(secret) >= 32) return secret;
  } catch (error) {
    throw new StartupError(
      `The data folder ${dataDirectory} cannot be used (${(error as Error).message}); make it readable and writable for this user, or set DATA_DIR to another folder.`,
    );
  }
  throw new StartupError(
    `${path} is damaged: it holds fewer than 32 bytes; delete it and a new secret is made (old tokens end).`,
  );
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Two processes may come here at once: the link succeeds for one of them, and both read the winner's file. */
function create(path: string, dataDirectory: string): string {
  mkdirSync(dataDirectory, { recursive: true });
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  writeFileSync(draft, randomBytes(SECRET_BYTES).toString('base64url'), {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8').trim();
}
