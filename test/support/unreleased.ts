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
