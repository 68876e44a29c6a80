/** What a failure of the database means for the caller. */
export type DatabaseFailure = 'unavailable' | 'bad-value' | 'collision';

/** SQLSTATE classes and codes (PostgreSQL, appendix A) after which the same request may well succeed. */
const PASSING = /^(?:08|53|57|58)|^(?:25P03|28000|28P01|3D000|40001|40P01|55P03|25006)$/;
/** A value that the type or the limits of a column do not take: input that got past its validator. */
const BAD_VALUE = /^(?:22|54)/;
const UNIQUE_VIOLATION = '23505';

/** Node's own errors on a connection. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** node-pg gives these no code (pg 8.23, client.js, and pg-pool, index.js). */
const DRIVER_MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|timeout expired|Client has encountered a connection error|Cannot use a pool after)/;

/** Reads from an error, or from the ones that caused it, what the database did; null where it is none of its. */
export function databaseFailure(error: unknown): DatabaseFailure | null {
  for (const cause of causesOf(error)) {
    const code = codeOf(cause);
    if (PASSING.test(code) || NETWORK_CODES.has(code) || DRIVER_MESSAGES.test(cause.message))
      return 'unavailable';
    if (BAD_VALUE.test(code)) return 'bad-value';
    if (code === UNIQUE_VIOLATION) return 'collision';
  }
  return null;
}

/** The error, what TypeORM and node wrap inside it, and so on; a handful at most. */
function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  const pending: unknown[] = [error];
  while (pending.length > 0 && causes.length < 8) {
    const next = pending.shift();
    if (next instanceof Error) {
      causes.push(next);
      const { driverError, errors } = next as { driverError?: unknown; errors?: unknown };
      pending.push(driverError, next.cause, ...(Array.isArray(errors) ? (errors as unknown[]) : []));
    }
  }
  return causes;
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
