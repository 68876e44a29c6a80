import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { columnNames, PROJECTION_TABLES } from '../../src/credits/index.js';
import type { TestDatabase } from './database.js';

/** A digest per table of everything that the fold has stored, and of the ledger without its sequence and clock. */
export async function storedState(database: Pick<TestDatabase, 'ownerUrl'>): Promise<Record<string, string>> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    const digests: Record<string, string> = {};
    for (const table of Object.values(PROJECTION_TABLES)) {
      digests[table.name] = await digestOf(client, table.name, columnNames(table));
    }
    const entryColumns = [
      'type',
      'id',
      'user_id',
      'occurred_at',
      'credits',
      'amount',
      'expires_at',
      'module_id',
      'pool',
    ];
    digests.credit_entries = await digestOf(client, 'credit_entries', entryColumns);
    return digests;
  } finally {
    await client.end();
  }
}

async function digestOf(client: Client, table: string, columns: readonly string[]): Promise<string> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT concat_ws('|', ${columns.map((column) => `COALESCE(${column}::text, '-')`).join(', ')}) COLLATE "C" AS line
     FROM ${table} ORDER BY line`,
  );
  return `${rows.length} rows ${createHash('sha256')
    .update(rows.map(({ line }) => line).join('\n'))
    .digest('hex')}`;
}
