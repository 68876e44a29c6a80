import type { EntityManager } from 'typeorm';
import { connectionOf, preparedQuery } from '../database/index.js';
import { Problem } from '../problem/index.js';
import type { IdempotencyKey } from './idempotency-key.js';
import { IDEMPOTENCY_PROBLEMS } from './idempotency.problems.js';

/** A stored answer to a request with a key, for replay. */
export interface KeptAnswer {
  readonly status: number;
  /** Headers of the answer itself: ETag, Location. */
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
 * Claims a key until the end of the transaction, in one statement at its start. The lock is an advisory lock on a hash
 * of caller and key. It works across processes and ends with its session.
 *
 * Another request with the same key can commit between this statement's snapshot and its lock and so be missed. Then
 * the INSERT of the answer violates its primary key, and `inTransaction` runs everything again and finds the answer.
 *
 * @param manager of a transaction (READ COMMITTED)
 * @returns the stored answer of the same request; null if this is the first
 * @throws Problem of IDEMPOTENCY_PROBLEMS
 */
export async function claimKey(manager: EntityManager, claimed: IdempotencyKey): Promise<KeptAnswer | null> {
  const { callerId, key, fingerprint } = claimed;
  const [claim] = await claims(manager, [claimed]);
  if (claim?.fingerprint && claim.isExpired === false) {
    if (!claim.fingerprint.equals(fingerprint)) throw otherRequest(key);
    return claim as KeptAnswer;
  }
  if (!claim?.isFirst) throw keyInFlight(key);
  if (claim.isExpired) {
    await manager.query('DELETE FROM idempotency_records WHERE caller_id = $1 AND key = $2', [callerId, key]);
  }
  return null;
}

/**
 * Claims several keys in one statement, for requests that share a transaction.
 *
 * @param keys must all be different: a session can take the same lock twice, so equal keys would not exclude each other
 * @returns for each key whether it is claimed and no answer is stored under it, not even an expired one. For the other
 *   keys the caller must use `claimKey` after this transaction
 */
export async function claimFreshKeys(
  manager: EntityManager,
  keys: readonly IdempotencyKey[],
): Promise<boolean[]> {
  const claimed = await claims(manager, keys);
  return claimed.map(({ isFirst, fingerprint }) => isFirst && fingerprint === null);
}

async function claims(manager: EntityManager, keys: readonly IdempotencyKey[]): Promise<Claim[]> {
  return preparedQuery<Claim>(await connectionOf(manager), CLAIM, [
    keys.map(({ callerId }) => callerId),
    keys.map(({ key }) => key),
  ]);
}

/**
 * The 64-bit hash covers caller and key, separated by a character that ids cannot contain. Collisions are negligible.
 */
const CLAIM = `
  SELECT pg_try_advisory_xact_lock(hashtextextended(claimed.caller_id || ' ' || claimed.key, 0)) AS "isFirst",
         kept.fingerprint, kept.status, kept.headers, kept.body,
         kept.created_at <= now() - ${KEPT_FOR} AS "isExpired"
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS claimed (caller_id, key, n)
    LEFT JOIN idempotency_records AS kept ON kept.caller_id = claimed.caller_id AND kept.key = claimed.key
   ORDER BY claimed.n`;

/** An answer to a request with a key, to be stored. */
export interface AnswerToKeep extends IdempotencyKey, KeptAnswer {
  /** The person whose e-mail, name or free text is in the body: erasing the person deletes the stored answer. */
  readonly personId: string | null;
}

/**
 * The INSERT that stores answers, as a part of the statement that ends the change. Its parameters start at `$first` and
 * are arrays of columns, so the text is the same for any number of answers.
 */
export function keepAnswersSql(
  answers: readonly AnswerToKeep[],
  first: number,
): { readonly sql: string; readonly parameters: readonly unknown[] } {
  const columns = [
    ['text', answers.map(({ callerId }) => callerId)],
    ['text', answers.map(({ key }) => key)],
    ['bytea', answers.map(({ fingerprint }) => fingerprint)],
    ['smallint', answers.map(({ status }) => status)],
    ['jsonb', answers.map(({ headers }) => JSON.stringify(headers))],
    ['text', answers.map(({ body }) => body)],
    ['text', answers.map(({ personId }) => personId)],
  ] as const;
  const arrays = columns.map(([type], index) => `$${first + index}::${type}[]`).join(', ');
  return {
    sql: `
      INSERT INTO idempotency_records (caller_id, key, fingerprint, status, headers, body, person_id)
      SELECT * FROM unnest(${arrays})`,
    parameters: columns.map(([, values]) => values),
  };
}

/** Deletes the stored answers that contain data of a person, when that person is erased. */
export async function forgetAnswersAbout(manager: EntityManager, personId: string): Promise<void> {
  await manager.query('DELETE FROM idempotency_records WHERE person_id = $1', [personId]);
}

/** The problem for a second request while the first one with the same key is running. */
export function keyInFlight(key: string): Problem {
  return new Problem(
    IDEMPOTENCY_PROBLEMS.IN_FLIGHT,
    `A request with the Idempotency-Key "${key}" is still running. Send it again in a moment to get its answer.`,
    { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } },
  );
}

function otherRequest(key: string): Problem {
  return new Problem(
    IDEMPOTENCY_PROBLEMS.OTHER_REQUEST,
    `The Idempotency-Key "${key}" was used for a request with another method, path or body. Use a new key for a new request.`,
  );
}
