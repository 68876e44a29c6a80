import { readFileSync } from 'node:fs';

const SCHEMES = ['postgres:', 'postgresql:'];
/** The modes that the driver supports; it silently treats any other as `verify-full`. */
const SSL_MODES = ['disable', 'no-verify', 'verify-full', 'require', 'prefer', 'verify-ca'];
const SSL_FILES = ['sslrootcert', 'sslcert', 'sslkey'];

/** What is wrong with a database address, as the end of a sentence that contains no password; null if it is valid. */
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
    if (reason !== null) return `has ${file} as its ${name}, which cannot be read (${reason})`;
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
