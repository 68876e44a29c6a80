import { Client } from 'pg';
import { SCHEMA } from '../../migrations/index.js';

/** Makes a migrated database one that a version before the first release has made. */
export async function relabelAsUnreleased(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  for (const [old, column] of Object.entries(SCHEMA.squashed.renamedColumns)) {
    const [table, name] = old.split('.');
    await client.query(`ALTER TABLE ${table} RENAME COLUMN ${column} TO ${name}`);
  }
  await client.query('DELETE FROM migrations');
  await client.query(
    `INSERT INTO migrations (timestamp, name) SELECT right(name, 13)::bigint, name FROM unnest($1::text[]) AS name`,
    [SCHEMA.squashed.names],
  );
  await client.end();
}

/** The migrations that versions before the first release had run under other names. */
export const BASELINES = SCHEMA.migrations
  .map(({ name }) => name)
  .filter((name) => Number(name.slice(-13)) <= 1795816807000);

interface TableColumn {
  readonly table_name: string;
  readonly column_name: string;
}

/**
 * Drops the tables and columns that migrations after the baselines added.
 *
 * @param baselineUrl of a database in which only the baselines were run
 */
export async function dropWhatCameLater(ownerUrl: string, baselineUrl: string): Promise<void> {
  const baseline = await columnsOf(baselineUrl);
  const tables = new Set(baseline.map(({ table_name }) => table_name));
  const columns = new Set(baseline.map((column) => `${column.table_name}.${column.column_name}`));
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  for (const { table_name, column_name } of await columnsOf(ownerUrl)) {
    if (!tables.has(table_name)) await client.query(`DROP TABLE IF EXISTS ${table_name} CASCADE`);
    else if (!columns.has(`${table_name}.${column_name}`)) {
      await client.query(`ALTER TABLE ${table_name} DROP COLUMN ${column_name} CASCADE`);
    }
  }
  await client.query('DELETE FROM variables WHERE NOT (key = ANY ($1))', [await variablesOf(baselineUrl)]);
  await client.end();
}

async function variablesOf(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ key: string }>('SELECT key FROM variables');
  await client.end();
  return rows.map(({ key }) => key);
}

async function columnsOf(url: string): Promise<TableColumn[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<TableColumn>(
    `SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables
       USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`,
  );
  await client.end();
  return rows;
}
