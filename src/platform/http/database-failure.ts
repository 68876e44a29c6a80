/** A COMMIT was sent and not answered: whether it took place is not known. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(cause: unknown) {
    super('The database did not say whether it has committed.', { cause });
  }
}

/** What a failure of the database means for the caller. */
export type DatabaseFailure = 'outcome-unknown' | 'unavailable' | 'busy' | 'bad-value' | 'collision';

/** SQLSTATE classes and codes (PostgreSQL, appendix A) of a database that answers nobody just now. */
const OUT_OF_REACH = /^(?:08|53|57|58)|^(?:25P03|28000|28P01|3D000|25006)$/;
/** Of one that answered others first. */
const LOST_RACE = /^(?:40001|40P01|55P03)$/;
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
  if (error instanceof OutcomeUnknown) return 'outcome-unknown';
  // After either the same request may well succeed.
  if (isOutOfReach(error)) return 'unavailable';
  for (const cause of causesOf(error)) {
    const code = codeOf(cause);
    if (LOST_RACE.test(code)) return 'busy';
    if (BAD_VALUE.test(code)) return 'bad-value';
    if (code === UNIQUE_VIOLATION) return 'collision';
  }
  return null;
}

/** Whether a statement that failed has surely been undone: PostgreSQL has said so, and not in the middle of its own end. */
export function isSurelyUndone(error: unknown): boolean {
  const codes = causesOf(error).map(codeOf);
  return codes.some((code) => SQLSTATE.test(code)) && !codes.some((code) => /^(?:08|57P|58|XX)/.test(code));
}

/** Whether the database could not be asked, or gave up for want of time or means: asking again at once is of no use. */
export function isOutOfReach(error: unknown): boolean {
  return causesOf(error).some((cause) => {
    const code = codeOf(cause);
    return OUT_OF_REACH.test(code) || NETWORK_CODES.has(code) || DRIVER_MESSAGES.test(cause.message);
  });
}

/** What the log tells of a statement that PostgreSQL refused. */
export interface DatabaseComplaint {
  readonly type: 'DatabaseComplaint';
  readonly message: string;
  /** SQLSTATE. */
  readonly code: string;
  /** Where in our code, one frame a line. */
  readonly stack: string;
}

/** Every SQLSTATE of PostgreSQL has a digit; Node's codes of that length (EPIPE) have none. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/**
 * What PostgreSQL refused, from an error or the ones that caused it, without any value: its own sentences quote what
 * was sent, so only the names in it are told. Null where no statement was refused.
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

/** The stack without the message that it begins with. */
function framesOf({ stack = '', message }: Error): string {
  const start = stack.indexOf(message);
  return start < 0 ? '' : stack.slice(start + message.length).replace(/^\n/, '');
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
