import type { Client } from 'pg';

/** Constraints that cost an index or a look-up per row; CHECKs stay. */
const CONSTRAINTS = `
  SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint
   WHERE (conrelid = $1::regclass AND contype IN ('f', 'p', 'u')) OR (confrelid = $1::regclass AND contype = 'f')
   ORDER BY contype = 'f'`;
const INDEXES = `
  SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
   WHERE indrelid = $1::regclass
     AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))`;

interface Definition {
  readonly name: string;
  readonly definition: string;
}

/** Fills a table without its indexes and keys, and makes them again afterwards as they were: the fast way in. */
export async function withoutIndexes(owner: Client, table: string, fill: () => Promise<void>): Promise<void> {
  const { rows: constraints } = await owner.query<Definition & { table: string }>(CONSTRAINTS, [table]);
  const { rows: indexes } = await owner.query<Definition>(INDEXES, [table]);
  for (const constraint of constraints.toReversed()) {
    await owner.query(`ALTER TABLE ${constraint.table} DROP CONSTRAINT ${constraint.name}`);
  }
  for (const { name } of indexes) await owner.query(`DROP INDEX ${name}`);
  await fill();
  for (const { definition } of indexes) await owner.query(definition);
  for (const { table: where, name, definition } of constraints) {
    await owner.query(`ALTER TABLE ${where} ADD CONSTRAINT ${name} ${definition}`);
  }
}
