import { StartupError } from '../config/startup-error.js';
import { isOutOfReach } from '../http/database-failure.js';

/** The database cannot be reached. The condition can pass. */
export class UnreachableDatabase extends StartupError {
  /** @param obstacle the cause, as a sentence without its full stop */
  constructor(
    readonly obstacle: string,
    advice: string,
  ) {
    super(`${obstacle}. ${advice}.`);
  }
}

/**
 * Explains why the first connection failed.
 *
 * @param variable the environment variable that contains the address; null for the embedded database
 */
export function connectionFailure(error: unknown, url: string, variable: string | null): StartupError {
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${hostname || 'localhost'}:${port || '5432'}`;
  const advice = variable === null ? 'read postgres.log in the data folder' : `check ${variable}`;
  const code = error instanceof Error ? codeOf(error) : null;
  if (code === '28P01' || code === '28000') {
    return new StartupError(
      `PostgreSQL at ${place} refuses the role ${username} (${messageOf(error)}); ${advice}.`,
    );
  }
  if (code === '3D000') {
    return new StartupError(
      `PostgreSQL at ${place} has no database ${pathname.slice(1)}. Create it, or ${advice}.`,
    );
  }
  if (isAboutEncryption(code, messageOf(error))) {
    return new StartupError(
      `The encrypted connection to PostgreSQL at ${place} failed (${messageOf(error)}). Check sslmode and sslrootcert of ${variable ?? 'its address'}.`,
    );
  }
  const obstacle = `The database at ${place} cannot be reached (${messageOf(error)})`;
  // If the server does not even speak PostgreSQL's protocol, the address is wrong: waiting does not help.
  return isOutOfReach(error)
    ? new UnreachableDatabase(obstacle, `Start it, or ${advice}`)
    : new StartupError(`${obstacle}. Start it, or ${advice}.`);
}

/** Recognises OpenSSL's and Node's certificate codes, and the driver's message for a server without encryption. */
function isAboutEncryption(code: string | null, message: string): boolean {
  return /CERT|SIGNATURE|_TLS_|^ERR_SSL/.test(code ?? '') || /does not support SSL/.test(message);
}

function codeOf(error: Error): string | null {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  return (
    innerErrors(error)
      .map((inner) => (inner instanceof Error ? codeOf(inner) : null))
      .find((inner) => inner !== null) ?? null
  );
}

/** Node tries every address of a host and reports all errors in one AggregateError. */
function innerErrors(error: Error): readonly unknown[] {
  return error instanceof AggregateError ? error.errors : [];
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.split('\n')[0] || codeOf(error) || error.name;
}
