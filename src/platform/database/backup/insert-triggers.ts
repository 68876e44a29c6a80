import type { Client } from 'pg';

/** How a trigger is turned on again, by pg_trigger.tgenabled. */
const ENABLE: Readonly<Record<string, string>> = {
  O: 'ENABLE TRIGGER',
  A: 'ENABLE ALWAYS TRIGGER',
  R: 'ENABLE REPLICA TRIGGER',
};

/**
 * Runs work during which no trigger of an INSERT acts: what they once wrote is among the rows that are restored. Triggers
 * that refuse changes of the ledger stay on. In the client's transaction, so that a failure turns them on as well.
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
