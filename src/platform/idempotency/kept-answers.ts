import type { EntityManager } from 'typeorm';
import { connectionOf, preparedQuery } from '../database/index.js';
import { Problem } from '../problem/index.js';
import type { IdempotencyKey } from './idempotency-key.js';
import { IDEMPOTENCY_PROBLEMS } from './idempotency.problems.js';

/** An answer that was given to a request with a key, as it is given again. */
export interface KeptAnswer {
  readonly status: number;
  /** Those that belong to the answer itself: ETag, Location. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, byte for byte. */
  readonly body: string;
}

/** How long an answer is kept (docs/contract.md), by the database's clock. */
export const KEPT_FOR = "interval '24 hours'";

const RETRY_AFTER_SECONDS = 1;

interface Claim extends Partial<KeptAnswer> {
  readonly isFirst: boolean;
  readonly fingerprint: Buffer | null;
  readonly isExpired: boolean | null;
}

/**
 * Claims a key until the end of the transaction: one statement, at its start. The lock is an advisory one on a hash of
 * caller and key, so that it holds across processes and is gone with whoever held it.
 *
 * A twin may commit between this statement's snapshot and its lock, and so be missed here. Then the INSERT of the
 * answer violates its primary key, and `inTransaction` runs everything again and finds the answer.
 *
 * @param manager of a transaction (READ COMMITTED)
 * @returns the answer that the same request was given before; null where this is the first
 * @throws Problem of IDEMPOTENCY_PROBLEMS
 */
export async function claimKey(manager: EntityManager, claimed: IdempotencyKey): Promise<KeptAnswer | null> {
  const { callerId, key, fingerprint } = claimed;
  const [claim] = await preparedQuery<Claim>(await connectionOf(manager), CLAIM, [callerId, key]);
  if (claim?.fingerprint && claim.isExpired === false) {
    if (!claim.fingerprint.equals(fingerprint)) throw otherRequest(key);
    return claim as KeptAnswer;
  }
  if (!claim?.isFirst) throw inFlight(key);
  if (claim.isExpired) {
    await manager.query('DELETE FROM idempotency_records WHERE caller_id = $1 AND key = $2', [callerId, key]);
  }
  return null;
}

/** The hash is of both, with a character between them that no id has: 64 bits, so strangers practically never meet. */
const CLAIM = `
  SELECT pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0)) AS "isFirst",
         kept.fingerprint, kept.status, kept.headers, kept.body,
         kept.created_at <= now() - ${KEPT_FOR} AS "isExpired"
    FROM (SELECT) AS one
    LEFT JOIN idempotency_records AS kept ON kept.caller_id = $1 AND kept.key = $2`;

/**
 * The INSERT that keeps an answer, for the statement that ends the change. Its parameters begin at `$first`.
 *
 * @param personId whose e-mail, name or free text the body shows: erasing that person erases the kept answer
 */
export function keepAnswerSql(
  { callerId, key, fingerprint }: IdempotencyKey,
  { status, headers, body }: KeptAnswer,
  personId: string | null,
  first: number,
): { readonly sql: string; readonly parameters: readonly unknown[] } {
  const parameters = [callerId, key, fingerprint, status, JSON.stringify(headers), body, personId];
  const places = parameters.map((_, index) => `$${first + index}`).join(', ');
  return {
    sql: `INSERT INTO idempotency_records (caller_id, key, fingerprint, status, headers, body, person_id) VALUES (${places})`,
    parameters,
  };
}

/** Forgets the kept answers that show something of a person, as that person is erased. */
export async function forgetAnswersAbout(manager: EntityManager, personId: string): Promise<void> {
  await manager.query('DELETE FROM idempotency_records WHERE person_id = $1', [personId]);
}

function inFlight(key: string): Problem {
  return new Problem(
    IDEMPOTENCY_PROBLEMS.IN_FLIGHT,
    `A request with the Idempotency-Key "${key}" is being answered just now; send it again in a moment to get its answer.`,
    { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } },
  );
}

function otherRequest(key: string): Problem {
  return new Problem(
    IDEMPOTENCY_PROBLEMS.OTHER_REQUEST,
    `The Idempotency-Key "${key}" was used for a request with another method, path or body; take a new key for a new request.`,
  );
}
