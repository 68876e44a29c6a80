import type { Client } from 'pg';

/** Clause of ALTER TABLE that enables a trigger again, by pg_trigger.tgenabled. */
const ENABLE: Readonly<Record<string, string>> = {
  O: 'ENABLE TRIGGER',
  A: 'ENABLE ALWAYS TRIGGER',
  R: 'ENABLE REPLICA TRIGGER',
};

/**
 * Runs work with all INSERT triggers disabled, because the backup already contains the rows that they once wrote.
 * Triggers that protect the ledger from changes stay enabled. It runs in the client's transaction, so a failure enables
 * the triggers again.
 */
export async function withoutInsertTriggers(client: Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ table: string; name: string; enabled: string }>(INSERT_TRIGGERS);
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ${name}`);
  await work();
  for (const { table, name, enabled } of rows) {
    await client.query(`ALTER TABLE ${table} ${ENABLE[enabled]} ${name}`);
  }
}

/** Bit 4 of tgtype: it fires on INSERT. */
const INSERT_TRIGGERS = `
  SELECT c.oid::regclass::text AS table, quote_ident(t.tgname) AS name, t.tgenabled AS enabled
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
   WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal AND t.tgtype & 4 <> 0 AND t.tgenabled <> 'D'
   ORDER BY 1, 2`;
