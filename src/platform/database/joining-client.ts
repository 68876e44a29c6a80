import type { QueryResult } from 'pg';
import pg from 'pg';

const { Client } = pg;

/** A prepared statement that ends its transaction where it succeeds. */
export interface LastStatement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
  readonly thenCommit: true;
}

/** What of the driver the type definitions leave out: its pipeline mode, and the socket. */
interface Wire {
  pipeline: boolean;
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

type Send = (...parameters: unknown[]) => unknown;
type Answer = Promise<QueryResult>;

const NOTHING_SENT = { rows: [], fields: [], rowCount: null, oid: 0 };
const BEGIN = 'START TRANSACTION';
const ENDS: readonly unknown[] = ['COMMIT', 'ROLLBACK'];

/**
 * Sends BEGIN together with the statement after it, and COMMIT together with the one that says it is the last: a write
 * to a socket costs more than most of what a short transaction does. Each statement still has its own answer, and its
 * own error: PostgreSQL answers a COMMIT behind a failed statement with a rollback. Whoever asks for `COMMIT` waits for
 * that answer, so nothing is told as done before it is flushed.
 */
export class JoiningClient extends Client {
  private isBeginHeld = false;
  private ending: Answer | null = null;

  constructor(config: pg.ClientConfig) {
    super(config);
    const query: Send = (...parameters) => this.join(parameters);
    Object.assign(this, { query });
  }

  private join(parameters: readonly unknown[]): unknown {
    const [statement] = parameters;
    if (
      statement === BEGIN &&
      parameters.every((parameter, index) => index === 0 || parameter === undefined)
    ) {
      this.isBeginHeld = true;
      return Promise.resolve({ ...NOTHING_SENT, command: BEGIN });
    }
    if (ENDS.includes(statement)) {
      const ended = this.endedAs(statement as string);
      if (ended !== null) return ended;
    }
    const first = this.isBeginHeld ? [[BEGIN]] : [];
    this.isBeginHeld = false;
    if (!isPlain(parameters)) {
      for (const begin of first) void this.sendNow(begin);
      return this.sendNow(parameters);
    }
    const last = isLast(statement) ? [['COMMIT']] : [];
    if (first.length + last.length === 0) return this.sendNow(parameters);
    const answers = this.sendTogether([...first, parameters, ...last]);
    if (last.length > 0) this.ending = answers.at(-1) ?? null;
    return answers[first.length];
  }

  /** The end of a transaction that has ended with its last statement, or has never begun; null: it has to be sent. */
  private endedAs(end: string): Answer | null {
    const { ending, isBeginHeld } = this;
    this.ending = null;
    this.isBeginHeld = false;
    if (isBeginHeld) return Promise.resolve({ ...NOTHING_SENT, command: end });
    // A rollback is asked for because the last statement failed, which has rolled back; its error is told already.
    return end === 'ROLLBACK' && ending !== null
      ? ending.catch(() => ({ ...NOTHING_SENT, command: end }))
      : ending;
  }

  /** One write. The driver's pipeline mode ends with the last answer, as it would refuse COPY. */
  private sendTogether(statements: readonly (readonly unknown[])[]): Answer[] {
    const wire = this as unknown as Wire;
    const { stream } = wire.connection;
    wire.pipeline = true;
    stream.cork();
    const answers = statements.map((statement) => this.sendNow(statement) as Answer);
    stream.uncork();
    const lastIndex = answers.length - 1;
    return answers.map((answer, index) => {
      const told = index < lastIndex ? answer : answer.finally(() => (wire.pipeline = false));
      // Where nobody waits for it, another statement's error is the one that tells what happened.
      told.catch(() => {});
      return told;
    });
  }

  private sendNow(parameters: readonly unknown[]): unknown {
    return (Client.prototype.query as Send).apply(this, [...parameters]);
  }
}

/** Answered by a promise; a COPY and what has a callback go alone. */
function isPlain(parameters: readonly unknown[]): boolean {
  const [statement] = parameters;
  const isCustom = typeof statement === 'object' && statement !== null && 'submit' in statement;
  return !isCustom && !parameters.some((parameter) => typeof parameter === 'function');
}

function isLast(statement: unknown): statement is LastStatement {
  return typeof statement === 'object' && statement !== null && 'thenCommit' in statement;
}
