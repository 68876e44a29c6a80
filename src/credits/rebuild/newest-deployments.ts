import type { ClientBase } from 'pg';
import type { Instant } from '../../domain/index.js';
import { epochMicrosOf } from '../../platform/database/epoch-micros.js';
import { FRESH_SCHEMA } from '../../platform/database/fresh-tables.js';
import { columnNames, PROJECTION_TABLES } from '../accounts/projection-tables.js';

/**
 * Table for the newest deployments during a rebuild. The fold writes rows user by user, but reports read by time, so
 * each row of a report's page would be in another block. The newest deployments, which are read most, are therefore
 * appended at the end in the order of time, as they are after normal operation.
 */
export const NEWEST_DEPLOYMENTS = 'newest_deployments';

const NEWEST_DAYS = 31;

const { name: TABLE } = PROJECTION_TABLES.deployments;

/** Creates the table with the fresh tables, and notes its first instant, in the client's transaction. */
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

/** The first instant of the newest deployments; null if the ledger was empty. */
export async function newestFrom(client: ClientBase): Promise<Instant | null> {
  const { rows } = await client.query<{ from: string | null }>(
    `SELECT ${epochMicrosOf('newest_from')} AS from FROM ${FRESH_SCHEMA}.run`,
  );
  const from = rows[0]?.from ?? null;
  return from === null ? null : BigInt(from);
}

/** Appends them to all other deployments in the order of time, in the client's transaction; repeated calls add none. */
export async function placeNewest(client: ClientBase): Promise<void> {
  const columns = columnNames(PROJECTION_TABLES.deployments).join(', ');
  await client.query(`SET LOCAL work_mem = '128MB'`);
  await client.query(
    `INSERT INTO ${FRESH_SCHEMA}.${TABLE} (${columns})
     SELECT ${columns} FROM ${FRESH_SCHEMA}.${NEWEST_DEPLOYMENTS} ORDER BY deployed_at, deployment_id`,
  );
  await client.query(`TRUNCATE ${FRESH_SCHEMA}.${NEWEST_DEPLOYMENTS}`);
}
