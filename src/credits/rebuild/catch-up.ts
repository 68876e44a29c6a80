import type { ClientBase } from 'pg';
import { amongFreshTables, FRESH_SCHEMA } from '../../platform/database/fresh-tables.js';
import { copyLedger } from '../ledger/ledger-copy.js';
import { putAccount } from '../accounts/projection-rows.js';
import { columnNames, PROJECTION_TABLES } from '../accounts/projection-tables.js';
import { partnersOfModules } from './fold-share.js';
import { FreshProjections } from './fresh-projections.js';
import { UserFolds } from './user-folds.js';

const ACCOUNTS = PROJECTION_TABLES.accounts;
const BATCH_BYTES = 4 * 1024 * 1024;

/** Counts the users whose accounts changed after their fresh rows were written. */
export async function countStale(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ users: number }>(`SELECT count(*)::int AS users ${STALE_USERS}`);
  return rows[0]?.users ?? 0;
}

/**
 * Folds each of these users again, in the client's transaction. It must be REPEATABLE READ, or have the accounts
 * locked, so that an account's version matches its entries.
 *
 * @returns the number of these users
 */
export async function foldStale(client: ClientBase): Promise<number> {
  const { rowCount } = await client.query(
    `INSERT INTO ${FRESH_SCHEMA}.stale_users SELECT account.user_id, account.xmin::text ${STALE_USERS}`,
  );
  if ((rowCount ?? 0) === 0) return 0;
  // The triggers of fresh tables must write to fresh tables too.
  const added = await amongFreshTables(
    client,
    async () => -(await removeRows(client)) + (await foldAgain(client)),
  );
  await client.query(
    `INSERT INTO ${FRESH_SCHEMA}.${ACCOUNTS.name} (user_id)
     SELECT user_id FROM ${FRESH_SCHEMA}.stale_users ON CONFLICT DO NOTHING`,
  );
  await client.query(
    `INSERT INTO ${FRESH_SCHEMA}.versions SELECT user_id, version FROM ${FRESH_SCHEMA}.stale_users
     ON CONFLICT (user_id) DO UPDATE SET version = excluded.version`,
  );
  await client.query(`UPDATE ${FRESH_SCHEMA}.run SET late_deployments = late_deployments + $1`, [added]);
  await client.query(`TRUNCATE ${FRESH_SCHEMA}.stale_users`);
  return rowCount ?? 0;
}

const STALE_USERS = `
  FROM credit_accounts AS account LEFT JOIN ${FRESH_SCHEMA}.versions AS folded USING (user_id)
 WHERE folded.version IS DISTINCT FROM account.xmin::text`;

/** Adds empty accounts for users without entries, who are in no share. Needs the primary key of the fresh accounts. */
export async function addEmptyAccounts(client: ClientBase): Promise<void> {
  await client.query(
    `INSERT INTO ${FRESH_SCHEMA}.${ACCOUNTS.name} (user_id) SELECT user_id FROM ${FRESH_SCHEMA}.versions
     ON CONFLICT DO NOTHING`,
  );
}

/** Updates those rows of `credit_accounts` that differ from the fold. */
export async function correctAccounts(client: ClientBase): Promise<void> {
  const columns = columnNames(ACCOUNTS).slice(ACCOUNTS.keyLength);
  await client.query(
    `UPDATE ${ACCOUNTS.name} AS account SET ${columns.map((column) => `${column} = fresh.${column}`).join(', ')}
       FROM ${FRESH_SCHEMA}.${ACCOUNTS.name} AS fresh
      WHERE fresh.user_id = account.user_id
        AND (${columns.map((column) => `fresh.${column}`).join(', ')})
            IS DISTINCT FROM (${columns.map((column) => `account.${column}`).join(', ')})`,
  );
}

/** @returns the number of deployments among the rows */
async function removeRows(client: ClientBase): Promise<number> {
  let deployments = 0;
  for (const table of Object.values(PROJECTION_TABLES)) {
    const { rowCount } = await client.query(
      `DELETE FROM ${FRESH_SCHEMA}.${table.name} WHERE user_id IN (SELECT user_id FROM ${FRESH_SCHEMA}.stale_users)`,
    );
    if (table === PROJECTION_TABLES.deployments) deployments = rowCount ?? 0;
  }
  return deployments;
}

/** @returns the number of these users' deployments */
async function foldAgain(client: ClientBase): Promise<number> {
  // The connection is busy with the COPY, and the rows must be written in the same transaction; so they are kept in
  // memory.
  const rows = new FreshProjections();
  const batches: ((client: ClientBase) => Promise<void>)[] = [];
  let deployments = 0;
  const folds = new UserFolds(await partnersOfModules(client), (subject, account) => {
    putAccount(subject, account, (name, cells) => rows.put(name, cells));
    deployments += subject.deployedModules.size;
    if (rows.bytes >= BATCH_BYTES) batches.push(rows.take());
  });
  await copyLedger(client, `entry.user_id IN (SELECT user_id FROM ${FRESH_SCHEMA}.stale_users)`, {
    take: (userId, entry) => folds.take(userId, entry),
  });
  folds.finish();
  for (const write of [...batches, rows.take()]) await write(client);
  return deployments;
}
