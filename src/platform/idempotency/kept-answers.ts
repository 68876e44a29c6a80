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
 * Claims several keys in the same way, for requests that are answered in one transaction: still one statement.
 *
 * @param keys all different: who has a lock gets it again, so two of one key would not see each other
 * @returns of each key whether it is claimed and nothing is kept under it, not even an expired answer. What the others
 *          are to be told is for `claimKey` to say, after this transaction
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

/** The hash is of both, with a character between them that no id has: 64 bits, so strangers practically never meet. */
const CLAIM = `
  SELECT pg_try_advisory_xact_lock(hashtextextended(claimed.caller_id || ' ' || claimed.key, 0)) AS "isFirst",
         kept.fingerprint, kept.status, kept.headers, kept.body,
         kept.created_at <= now() - ${KEPT_FOR} AS "isExpired"
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS claimed (caller_id, key, n)
    LEFT JOIN idempotency_records AS kept ON kept.caller_id = claimed.caller_id AND kept.key = claimed.key
   ORDER BY claimed.n`;

/** What was answered to a request with a key. */
export interface AnswerToKeep extends IdempotencyKey, KeptAnswer {
  /** Whose e-mail, name or free text the body shows: erasing that person erases the kept answer. */
  readonly personId: string | null;
}

/**
 * The INSERT that keeps answers, for the statement that ends the change. Its parameters begin at `$first`: arrays of
 * columns, so that the text is the same for any number of answers.
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

/** Forgets the kept answers that show something of a person, as that person is erased. */
export async function forgetAnswersAbout(manager: EntityManager, personId: string): Promise<void> {
  await manager.query('DELETE FROM idempotency_records WHERE person_id = $1', [personId]);
}

/** What the twin of a request that is being answered is told. */
export function keyInFlight(key: string): Problem {
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
