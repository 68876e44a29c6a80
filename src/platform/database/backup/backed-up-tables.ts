import type { ClientBase } from 'pg';
import type { DatabaseSchema } from '../database-schema.js';
import type { BackedUpTable } from './backup-format.js';

/**
 * The tables of a backup: those that the service can read, sorted so that a row references only rows of its own or
 * earlier tables. A partitioned table counts once; its partitions are left out.
 */
export async function readTables(
  client: ClientBase,
  { servicePrivileges }: DatabaseSchema,
): Promise<BackedUpTable[]> {
  const { rows } = await client.query<BackedUpTable & { needs: string[] }>(TABLES, [
    Object.keys(servicePrivileges),
  ]);
  const left = new Map(rows.map((table) => [table.name, table]));
  const sorted: BackedUpTable[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ needs }) => needs.every((name) => !left.has(name)));
    if (ready.length === 0)
      throw new Error(`The tables ${[...left.keys()].join(', ')} reference each other in a circle.`);
    for (const { name, columns } of ready) {
      left.delete(name);
      sorted.push({ name, columns });
    }
  }
  return sorted;
}

/** Identity columns and their sequences. */
export async function readSequences(
  client: ClientBase,
  { servicePrivileges }: DatabaseSchema,
): Promise<{ readonly column: string; readonly sequence: string }[]> {
  const { rows } = await client.query<{ column: string; sequence: string }>(SEQUENCES, [
    Object.keys(servicePrivileges),
  ]);
  return rows;
}

const OURS = `c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND c.relname = ANY ($1::text[])`;

const TABLES = `
  SELECT c.relname AS name,
         ARRAY(SELECT a.attname::text FROM pg_attribute AS a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                ORDER BY a.attnum) AS columns,
         ARRAY(SELECT DISTINCT target.relname::text FROM pg_constraint AS k JOIN pg_class AS target ON target.oid = k.confrelid
                WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS needs
    FROM pg_class AS c WHERE ${OURS} ORDER BY c.relname`;

const SEQUENCES = `
  SELECT c.relname || '.' || a.attname AS column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS sequence
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
   WHERE ${OURS} AND a.attidentity <> '' AND NOT a.attisdropped ORDER BY 1`;
