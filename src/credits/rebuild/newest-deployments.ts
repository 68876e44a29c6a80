import type { ClientBase } from 'pg';
import type { Instant } from '../../domain/index.js';
import { epochMicrosOf } from '../../platform/database/epoch-micros.js';
import { FRESH_SCHEMA } from '../../platform/database/fresh-tables.js';
import { columnNames, PROJECTION_TABLES } from '../accounts/projection-tables.js';

/**
 * Where the fold sets the newest deployments aside. It goes user by user, and a page of a report by time: its rows would
 * lie in as many places of the table as it has rows. The newest, which are asked for most, are placed at the end instead,
 * in the order of time, where a platform that runs leaves them too.
 */
export const NEWEST_DEPLOYMENTS = 'newest_deployments';

const NEWEST_DAYS = 31;

const { name: TABLE } = PROJECTION_TABLES.deployments;

/** Makes the table, and notes which deployments belong there; beside the fresh tables, in the client's transaction. */
export async function prepareNewest(client: ClientBase): Promise<void> {
  await client.query(
    `CREATE TABLE ${FRESH_SCHEMA}.${NEWEST_DEPLOYMENTS}
       (LIKE ${FRESH_SCHEMA}.${TABLE} INCLUDING ALL) WITH (autovacuum_enabled = off)`,
  );
  await client.query(
    `UPDATE ${FRESH_SCHEMA}.run SET newest_from = (SELECT max(occurred_at) - make_interval(days => $1) FROM credit_entries)`,
    [NEWEST_DAYS],
  );
}

/** Which deployments are set aside: from this instant on; null where the ledger was empty. */
export async function newestFrom(client: ClientBase): Promise<Instant | null> {
  const { rows } = await client.query<{ from: string | null }>(
    `SELECT ${epochMicrosOf('newest_from')} AS from FROM ${FRESH_SCHEMA}.run`,
  );
  const from = rows[0]?.from ?? null;
  return from === null ? null : BigInt(from);
}

/** Places them, in the order of time, behind all others; in the client's transaction, and no more than once. */
export async function placeNewest(client: ClientBase): Promise<void> {
  const columns = columnNames(PROJECTION_TABLES.deployments).join(', ');
  await client.query(`SET LOCAL work_mem = '128MB'`);
  await client.query(
    `INSERT INTO ${FRESH_SCHEMA}.${TABLE} (${columns})
     SELECT ${columns} FROM ${FRESH_SCHEMA}.${NEWEST_DEPLOYMENTS} ORDER BY deployed_at, deployment_id`,
  );
  await client.query(`TRUNCATE ${FRESH_SCHEMA}.${NEWEST_DEPLOYMENTS}`);
}
