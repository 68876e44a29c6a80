import { readFileSync } from 'node:fs';

const SCHEMES = ['postgres:', 'postgresql:'];
/** What the driver knows; anything else it would take for `verify-full` without a word. */
const SSL_MODES = ['disable', 'no-verify', 'verify-full', 'require', 'prefer', 'verify-ca'];
const SSL_FILES = ['sslrootcert', 'sslcert', 'sslkey'];

/** What is wrong with the address of a database, as the end of a sentence that holds no password of it; null: nothing. */
export function databaseAddressComplaint(text: string): string | null {
  if (!URL.canParse(text) || !SCHEMES.includes(new URL(text).protocol)) {
    return 'must look like postgres://user:password@host:5432/database';
  }
  const { searchParams } = new URL(text);
  const mode = searchParams.get('sslmode');
  if (mode !== null && !SSL_MODES.includes(mode)) {
    return `has the sslmode ${mode.slice(0, 40)}; write verify-full, no-verify or disable`;
  }
  for (const name of SSL_FILES) {
    const file = searchParams.get(name);
    const reason = file === null ? null : whyUnreadable(file);
    if (reason !== null) return `names ${file} as its ${name}, which cannot be read (${reason})`;
  }
  return null;
}

function whyUnreadable(file: string): string | null {
  try {
    readFileSync(file);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}
