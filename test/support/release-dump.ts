import type { Client } from 'pg';
import { SCHEMA } from '../../migrations/index.js';
import { ownerOptions } from '../../src/platform/database/connection-options.js';
import { exactDataSource } from '../../src/platform/database/exact-data-source.js';
import { readSequences, readTables } from '../../src/platform/database/backup/backed-up-tables.js';
import { withoutInsertTriggers } from '../../src/platform/database/backup/insert-triggers.js';
import { connectOwner } from '../../src/platform/database/index.js';
import { createTestDatabase } from './database.js';

/** What TypeORM makes before the first migration. */
const MIGRATIONS_TABLE = `CREATE TABLE migrations (
  id SERIAL NOT NULL, timestamp bigint NOT NULL, name character varying NOT NULL,
  CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id)
)`;

/**
 * Writes a database of this version as SQL: what its migrations run, word for word, then every row. So the file stays
 * the same, whatever becomes of the migrations.
 *
 * @param ownerUrl of a migrated database without concurrent writes
 */
export async function dumpRelease(ownerUrl: string): Promise<string> {
  const statements = [MIGRATIONS_TABLE, ...(await migrationStatements())];
  const client = await connectOwner(ownerUrl);
  try {
    await client.query('BEGIN');
    const tables = await readTables(client, SCHEMA);
    const rows = [
      ...SCHEMA.seededTables.map((name) => `DELETE FROM ${name}`),
      ...(await insertsOf(client, 'migrations', ['id', 'timestamp', 'name'])),
    ];
    for (const { name, columns } of tables) rows.push(...(await insertsOf(client, name, columns)));
    // It asks for the triggers, and its statements about them go into the file, around the rows.
    const recording = Object.create(client, {
      query: {
        value: (sql: string) => (sql.startsWith('ALTER') ? void statements.push(sql) : client.query(sql)),
      },
    }) as Client;
    await withoutInsertTriggers(recording, () => Promise.resolve(void statements.push(...rows)));
    return [...statements, ...(await sequenceStatements(client))].map((sql) => ended(sql)).join('\n');
  } finally {
    await client.end();
  }
}

/** Fills an empty database with what `dumpRelease` has written. */
export async function loadRelease(ownerUrl: string, dump: string): Promise<void> {
  const client = await connectOwner(ownerUrl);
  try {
    await client.query(`BEGIN; ${dump}; COMMIT`);
  } finally {
    await client.end();
  }
}

async function migrationStatements(): Promise<string[]> {
  const scratch = await createTestDatabase({ migrated: false });
  const source = await exactDataSource(ownerOptions(scratch.ownerUrl)).initialize();
  const runner = source.createQueryRunner();
  const statements: string[] = [];
  const query = runner.query.bind(runner) as (sql: string) => Promise<unknown>;
  runner.query = (sql: string, parameters?: unknown[]): Promise<never> => {
    if (parameters !== undefined) throw new Error(`A dump contains no parameters: ${sql}`);
    statements.push(sql);
    return query(sql) as Promise<never>;
  };
  for (const Migration of SCHEMA.migrations) await new Migration().up(runner);
  await runner.release();
  await source.destroy();
  await scratch.drop();
  return statements;
}

/** One INSERT of all rows; PostgreSQL writes the literals. */
async function insertsOf(client: Client, table: string, columns: readonly string[]): Promise<string[]> {
  const list = columns.map((column) => client.escapeIdentifier(column));
  const literals = list.map((column) => `coalesce(quote_literal(${column}::text), 'NULL')`);
  const { rows } = await client.query<{ row: string }>(
    `SELECT concat('(', concat_ws(', ', ${literals.join(', ')}), ')') AS row FROM ${table} ORDER BY ${list[0]}`,
  );
  if (rows.length === 0) return [];
  const values = rows.map(({ row }) => row).join(',\n');
  return [`INSERT INTO ${table} (${list.join(', ')}) OVERRIDING SYSTEM VALUE VALUES\n${values}`];
}

async function sequenceStatements(client: Client): Promise<string[]> {
  const sequences = [{ sequence: 'public.migrations_id_seq' }, ...(await readSequences(client, SCHEMA))];
  const statements: string[] = [];
  for (const { sequence } of sequences) {
    const { rows } = await client.query<{ last: string }>(
      `SELECT last_value AS last FROM ${sequence} WHERE is_called`,
    );
    if (rows[0] !== undefined) statements.push(`SELECT setval('${sequence}', ${rows[0].last})`);
  }
  return statements;
}

function ended(sql: string): string {
  return /;\s*$/.test(sql) ? sql : `${sql};`;
}
