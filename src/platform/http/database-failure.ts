/** A COMMIT was sent but not answered, so it is unknown whether it succeeded. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(cause: unknown) {
    super('The database did not report whether it committed.', { cause });
  }
}

/** Meaning of a database failure for the caller. */
export type DatabaseFailure = 'outcome-unknown' | 'unavailable' | 'busy' | 'bad-value' | 'collision';

/** SQLSTATE classes and codes (PostgreSQL, appendix A) of a database that currently serves no client. */
const OUT_OF_REACH = /^(?:08|53|57|58)|^(?:25P03|28000|28P01|3D000|25006)$/;
/** SQLSTATEs of a statement that lost a race with another transaction. */
const LOST_RACE = /^(?:40001|40P01|55P03)$/;
/** A value that a column's type or limits reject: input that its validator should have refused. */
const BAD_VALUE = /^(?:22|54)/;
const UNIQUE_VIOLATION = '23505';

/** Node's error codes for a connection. */
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

/** node-pg gives these errors no code (pg 8.23, client.js, and pg-pool, index.js). */
const DRIVER_MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|timeout expired|Client has encountered a connection error|Cannot use a pool after)/;

/** Classifies an error or its causes as a database failure; null if it is another error. */
export function databaseFailure(error: unknown): DatabaseFailure | null {
  if (error instanceof OutcomeUnknown) return 'outcome-unknown';
  // First, because the same request can succeed later.
  if (isOutOfReach(error)) return 'unavailable';
  for (const cause of causesOf(error)) {
    const code = codeOf(cause);
    if (LOST_RACE.test(code)) return 'busy';
    if (BAD_VALUE.test(code)) return 'bad-value';
    if (code === UNIQUE_VIOLATION) return 'collision';
  }
  return null;
}

/** Whether a failed statement is certainly undone: PostgreSQL reported an error, and not while it was shutting down. */
export function isSurelyUndone(error: unknown): boolean {
  const codes = causesOf(error).map(codeOf);
  return codes.some((code) => SQLSTATE.test(code)) && !codes.some((code) => /^(?:08|57P|58|XX)/.test(code));
}

/** Whether the database was unreachable or lacked time or resources, so that an immediate retry does not help. */
export function isOutOfReach(error: unknown): boolean {
  return causesOf(error).some((cause) => {
    const code = codeOf(cause);
    return OUT_OF_REACH.test(code) || NETWORK_CODES.has(code) || DRIVER_MESSAGES.test(cause.message);
  });
}

/** Log entry for a statement that PostgreSQL refused. */
export interface DatabaseComplaint {
  readonly type: 'DatabaseComplaint';
  readonly message: string;
  /** SQLSTATE. */
  readonly code: string;
  /** Position in our code, one frame per line. */
  readonly stack: string;
}

/** A SQLSTATE contains a digit; Node's codes of the same length (EPIPE) do not. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/**
 * The refusal of PostgreSQL in an error or its causes, without values: PostgreSQL's messages quote the input, so only
 * names are copied. Null if no statement was refused.
 */
export function databaseComplaint(error: unknown): DatabaseComplaint | null {
  const causes = causesOf(error);
  const complaint = causes.find((cause) => SQLSTATE.test(codeOf(cause)));
  if (complaint === undefined) return null;
  const { routine, table, column, constraint } = complaint as Error & Partial<Record<string, unknown>>;
  const names = Object.entries({ routine, table, column, constraint })
    .filter(([, name]) => typeof name === 'string')
    .map(([what, name]) => `, ${what} ${name as string}`);
  const code = codeOf(complaint);
  return {
    type: 'DatabaseComplaint',
    message: `PostgreSQL refused a statement: SQLSTATE ${code}${names.join('')}`,
    code,
    stack: causes.map(framesOf).find((frames) => frames !== '') ?? '',
  };
}

/** The stack without its first line, the message. */
function framesOf({ stack = '', message }: Error): string {
  const start = stack.indexOf(message);
  return start < 0 ? '' : stack.slice(start + message.length).replace(/^\n/, '');
}

/** The error and the errors wrapped inside it by TypeORM and Node, at most 8. */
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
