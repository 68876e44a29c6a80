import type { ClientBase } from 'pg';
import { FRESH_SCHEMA } from '../../platform/database/fresh-tables.js';

/** Users with ids after `after`, up to and including `upTo` (null: to the last), which one worker folds. */
export interface Share {
  readonly number: number;
  readonly after: string;
  readonly upTo: string | null;
}

/** A run that broke off can be resumed for this long. In an older run, too many users have changed. */
const RESUMED_MAX_HOURS = 24;

/** The state of a run, stored with the fresh tables, so that a run that broke off can be resumed. */
const RUN_TABLES = `
  CREATE TABLE ${FRESH_SCHEMA}.run (
    fingerprint      text NOT NULL,
    started_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    late_deployments bigint NOT NULL DEFAULT 0,
    newest_from      timestamptz
  );
  -- done_up_to: the last user whose rows are written.
  CREATE TABLE ${FRESH_SCHEMA}.shares (
    number      integer PRIMARY KEY,
    after_user  text COLLATE "C" NOT NULL,
    up_to_user  text COLLATE "C",
    is_done     boolean NOT NULL DEFAULT false,
    done_up_to  text COLLATE "C" NOT NULL,
    entries     bigint NOT NULL DEFAULT 0,
    deployments bigint NOT NULL DEFAULT 0
  );
  -- The version of each account's row before its user was folded. Every write to a user changes the account, so a user
  -- whose account has another version must be folded again.
  CREATE TABLE ${FRESH_SCHEMA}.versions AS SELECT user_id, xmin::text AS version FROM credit_accounts;
  ALTER TABLE ${FRESH_SCHEMA}.versions ADD PRIMARY KEY (user_id);
  -- Statements that must not run twice, by their numbers.
  CREATE TABLE ${FRESH_SCHEMA}.fills (number integer PRIMARY KEY);
  -- The versions with which deployments of closed months were compared last.
  CREATE TABLE ${FRESH_SCHEMA}.compared (user_id text COLLATE "C" PRIMARY KEY, version text NOT NULL);
  CREATE TABLE ${FRESH_SCHEMA}.stale_users (user_id text COLLATE "C" PRIMARY KEY, version text NOT NULL);
`;

/** Whether there is a run with this fingerprint that broke off and can be resumed. */
export async function canResume(client: ClientBase, fingerprint: string): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('${FRESH_SCHEMA}.run') IS NOT NULL AS exists`,
  );
  if (rows[0]?.exists !== true) return false;
  const { rowCount } = await client.query(
    `SELECT FROM ${FRESH_SCHEMA}.run
      WHERE fingerprint = $1 AND started_at > clock_timestamp() - make_interval(hours => $2)`,
    [fingerprint, RESUMED_MAX_HOURS],
  );
  return rowCount === 1;
}

/**
 * Stores a new run with its shares and the versions of the accounts, in the client's transaction.
 *
 * @param entriesPerShare approximate size of a share. Entries are counted by the accounts' rows; wrong numbers there
 *        only make shares uneven
 */
export async function noteRun(
  client: ClientBase,
  fingerprint: string,
  entriesPerShare: number,
): Promise<void> {
  await client.query(RUN_TABLES);
  await client.query(`INSERT INTO ${FRESH_SCHEMA}.run (fingerprint) VALUES ($1)`, [fingerprint]);
  await client.query(
    `WITH numbered AS (
       SELECT user_id, (sum(entries + 1) OVER (ORDER BY user_id) - 1)::bigint / $1::bigint AS number FROM credit_accounts
     ),
     bounds AS (SELECT number, max(user_id) AS last_user FROM numbered GROUP BY number)
     INSERT INTO ${FRESH_SCHEMA}.shares (number, after_user, up_to_user, done_up_to)
     SELECT row_number() OVER by_user, lag(last_user, 1, '') OVER by_user,
            CASE WHEN lead(number) OVER by_user IS NULL THEN NULL ELSE last_user END, lag(last_user, 1, '') OVER by_user
       FROM bounds WINDOW by_user AS (ORDER BY last_user)`,
    [entriesPerShare],
  );
}

/** Returns the shares that are not done, each without its finished users. */
export async function openShares(client: ClientBase): Promise<Share[]> {
  const { rows } = await client.query<Share>(
    `SELECT number, done_up_to AS after, up_to_user AS "upTo" FROM ${FRESH_SCHEMA}.shares WHERE NOT is_done ORDER BY number`,
  );
  return rows;
}

/** Stores the progress of a share, in the transaction that writes its rows. */
export async function noteProgress(
  client: ClientBase,
  { number }: Share,
  done: { readonly upTo: string; readonly entries: number; readonly deployments: number },
): Promise<void> {
  await client.query(
    `UPDATE ${FRESH_SCHEMA}.shares
        SET done_up_to = $2, entries = entries + $3, deployments = deployments + $4 WHERE number = $1`,
    [number, done.upTo, done.entries, done.deployments],
  );
}

/** Marks a share as done. */
export async function noteDone(client: ClientBase, { number }: Share): Promise<void> {
  await client.query(`UPDATE ${FRESH_SCHEMA}.shares SET is_done = true WHERE number = $1`, [number]);
}

/** Returns the numbers of the fills that are done. */
export async function doneFills(client: ClientBase): Promise<Set<number>> {
  const { rows } = await client.query<{ number: number }>(`SELECT number FROM ${FRESH_SCHEMA}.fills`);
  return new Set(rows.map(({ number }) => number));
}

/** Marks a fill as done, in its own transaction. */
export async function noteFill(client: ClientBase, number: number): Promise<void> {
  await client.query(`INSERT INTO ${FRESH_SCHEMA}.fills VALUES ($1)`, [number]);
}

/** Numbers of a run so far. */
export interface RunCounts {
  readonly users: number;
  readonly entries: number;
  readonly deployments: number;
}

/** Returns the numbers of all shares, corrected by users that were folded again. */
export async function countsOf(client: ClientBase): Promise<RunCounts> {
  const { rows } = await client.query<Record<keyof RunCounts, string>>(
    `SELECT count(*) AS users, coalesce(sum(entries), 0) AS entries,
            (SELECT coalesce(sum(deployments), 0) FROM ${FRESH_SCHEMA}.shares)
              + (SELECT late_deployments FROM ${FRESH_SCHEMA}.run) AS deployments
       FROM ${FRESH_SCHEMA}.credit_accounts`,
  );
  const counts = rows[0] as Record<keyof RunCounts, string>;
  return {
    users: Number(counts.users),
    entries: Number(counts.entries),
    deployments: Number(counts.deployments),
  };
}
