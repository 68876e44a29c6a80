import type { ClientBase } from 'pg';
import { amongFreshTables, FRESH_SCHEMA } from '../../platform/database/fresh-tables.js';
import { copyLedger } from '../ledger/ledger-copy.js';
import { putAccount } from '../accounts/projection-rows.js';
import { columnNames, PROJECTION_TABLES } from '../accounts/projection-tables.js';
import { partnersOfModules } from './fold-share.js';
import { FreshProjections } from './fresh-projections.js';
import { UserFolds } from './user-folds.js';

const ACCOUNTS = PROJECTION_TABLES.accounts;
const PIECE_BYTES = 4 * 1024 * 1024;

/** How many users were written to since their fresh rows were made. */
export async function countStale(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ users: number }>(`SELECT count(*)::int AS users ${STALE_USERS}`);
  return rows[0]?.users ?? 0;
}

/**
 * Folds every such user again, in the client's transaction; at REPEATABLE READ, or with the accounts locked, so that an
 * account's version and its entries are of one moment.
 *
 * @returns how many users that were
 */
export async function foldStale(client: ClientBase): Promise<number> {
  const { rowCount } = await client.query(
    `INSERT INTO ${FRESH_SCHEMA}.stale_users SELECT account.user_id, account.xmin::text ${STALE_USERS}`,
  );
  if ((rowCount ?? 0) === 0) return 0;
  // Triggers of the fresh tables write to fresh tables too.
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

/** Users without entries come by in no share: their accounts are empty. Needs the key of the fresh accounts. */
export async function addEmptyAccounts(client: ClientBase): Promise<void> {
  await client.query(
    `INSERT INTO ${FRESH_SCHEMA}.${ACCOUNTS.name} (user_id) SELECT user_id FROM ${FRESH_SCHEMA}.versions
     ON CONFLICT DO NOTHING`,
  );
}

/** Makes the accounts in use what the fold gives; those that are right already are left alone. */
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

/** @returns how many deployments were among the rows */
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

/** @returns how many deployments these users have */
async function foldAgain(client: ClientBase): Promise<number> {
  // A COPY out keeps its connection busy, and these rows belong into the same transaction: they wait in memory.
  const rows = new FreshProjections();
  const pieces: ((client: ClientBase) => Promise<void>)[] = [];
  let deployments = 0;
  const folds = new UserFolds(await partnersOfModules(client), (subject, account) => {
    putAccount(subject, account, (name, cells) => rows.put(name, cells));
    deployments += subject.deployedModules.size;
    if (rows.bytes >= PIECE_BYTES) pieces.push(rows.take());
  });
  await copyLedger(client, `entry.user_id IN (SELECT user_id FROM ${FRESH_SCHEMA}.stale_users)`, {
    take: (userId, entry) => folds.take(userId, entry),
  });
  folds.finish();
  for (const write of [...pieces, rows.take()]) await write(client);
  return deployments;
}
