import type { EntityManager } from 'typeorm';
import { connectionOf, copyBinary, type CopyRow } from '../../platform/database/index.js';
import { columnNames, PROJECTION_TABLES, SQL_TYPES } from './projection-tables.js';

const TABLE = PROJECTION_TABLES.deployments;
const COLUMNS = columnNames(TABLE);
const KEY = COLUMNS.slice(0, TABLE.keyLength);
const FIGURES = COLUMNS.slice(TABLE.keyLength);
const DRAFT = 'pg_temp.replaced_deployments';

const CREATE_DRAFT = `
  CREATE TEMP TABLE IF NOT EXISTS replaced_deployments ON COMMIT DROP AS
    SELECT ${COLUMNS.join(', ')} FROM ${TABLE.name} WITH NO DATA;
  TRUNCATE ${DRAFT}`;

/**
 * Stores the rows of deployments of users who have some already, and writes only those that changed: an import of new
 * entries does not touch the rows of closed months, which triggers would mark. The caller has locked the accounts.
 */
export async function replaceDeployments(
  rows: readonly CopyRow[],
  userIds: readonly string[],
  manager: EntityManager,
): Promise<void> {
  const arrays = TABLE.columns.map((_, index) => rows.map((row) => row[index] ?? null));
  await manager.query(deleteOthers(unnested(2)), [userIds, ...arrays]);
  await manager.query(upsertChanged(unnested(1)), arrays);
}

/** The same for many users, with rows in COPY's binary format. */
export async function replaceManyDeployments(
  file: readonly Buffer[],
  userIds: readonly string[],
  manager: EntityManager,
): Promise<void> {
  await manager.query(CREATE_DRAFT);
  await copyBinary(await connectionOf(manager), DRAFT, COLUMNS, file);
  const fresh = `${DRAFT} AS fresh`;
  await manager.query(deleteOthers(fresh), [userIds]);
  await manager.query(upsertChanged(fresh));
}

/** A row vanishes only if it was wrong: the ledger forgets no deployment. */
function deleteOthers(fresh: string): string {
  return `
    DELETE FROM ${TABLE.name} AS stored WHERE user_id = ANY ($1)
       AND NOT EXISTS (SELECT FROM ${fresh} WHERE ${same(KEY)})`;
}

function upsertChanged(fresh: string): string {
  return `
    INSERT INTO ${TABLE.name} (${COLUMNS.join(', ')})
    SELECT ${COLUMNS.join(', ')} FROM ${fresh}
     WHERE NOT EXISTS (SELECT FROM ${TABLE.name} AS stored
                        WHERE ${same(KEY)} AND (${of('stored')}) IS NOT DISTINCT FROM (${of('fresh')}))
    ON CONFLICT (${KEY.join(', ')}) DO UPDATE SET ${FIGURES.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

/** The rows as a FROM item with one array parameter for each column. @param first number of the first parameter */
function unnested(first: number): string {
  const places = TABLE.columns.map(([, kind], index) => `$${first + index}::${SQL_TYPES[kind]}[]`);
  return `unnest(${places.join(', ')}) AS fresh (${COLUMNS.join(', ')})`;
}

function same(columns: readonly string[]): string {
  return columns.map((column) => `fresh.${column} = stored.${column}`).join(' AND ');
}

function of(alias: string): string {
  return FIGURES.map((column) => `${alias}.${column}`).join(', ');
}
