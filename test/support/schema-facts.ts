import type { ClientBase } from 'pg';

/**
 * The facts about a table in PostgreSQL's catalogue, one per line: its columns, constraints and indexes, in any order.
 */
export type TableFacts = ReadonlySet<string>;

/** Reads the facts about the tables of the current schema, by their names. */
export async function readTableFacts(
  client: Pick<ClientBase, 'query'>,
  tables: readonly string[],
): Promise<Map<string, TableFacts>> {
  const { rows } = await client.query<{ table: string; fact: string }>(FACTS, [tables]);
  const facts = new Map<string, Set<string>>(tables.map((table) => [table, new Set()]));
  for (const { table, fact } of rows) facts.get(table)?.add(fact);
  return facts;
}

/**
 * NOT NULL is a property of a column here, because PostgreSQL 18 also lists it among the constraints. TypeORM quotes
 * numbers in defaults ('0'::numeric), which are the same without quotes.
 */
const FACTS = `
  WITH wanted AS (
    SELECT oid, relname::text AS name FROM pg_class
     WHERE relname = ANY ($1::text[]) AND relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p'))
  SELECT wanted.name AS table, concat_ws(' ', 'column', a.attname, format_type(a.atttypid, a.atttypmod),
           'COLLATE ' || nullif(a.attcollation, 0)::regcollation,
           CASE WHEN a.attnotnull THEN 'NOT NULL' END,
           CASE a.attidentity WHEN 'a' THEN 'IDENTITY ALWAYS' WHEN 'd' THEN 'IDENTITY BY DEFAULT' END,
           CASE a.attgenerated WHEN '' THEN 'DEFAULT ' ELSE 'GENERATED ' END ||
             regexp_replace(pg_get_expr(d.adbin, d.adrelid), $$^'([0-9]+)'::(numeric|bigint)$$, '\\1')) AS fact
    FROM wanted JOIN pg_attribute AS a ON a.attrelid = wanted.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  UNION ALL
  SELECT wanted.name, concat_ws(' ', 'constraint', k.conname, pg_get_constraintdef(k.oid))
    FROM wanted JOIN pg_constraint AS k ON k.conrelid = wanted.oid AND k.contype <> 'n'
  UNION ALL
  SELECT wanted.name, concat_ws(' ', 'index', x.relname, pg_get_indexdef(x.oid))
    FROM wanted JOIN pg_index AS i ON i.indrelid = wanted.oid JOIN pg_class AS x ON x.oid = i.indexrelid
   WHERE NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = x.oid AND k.conrelid = wanted.oid)`;

/** What the catalogue says of functions, triggers and storage parameters of the current schema, a line each. */
export async function readRoutineFacts(client: Pick<ClientBase, 'query'>): Promise<Set<string>> {
  const { rows } = await client.query<{ fact: string }>(ROUTINES);
  return new Set(rows.map(({ fact }) => fact));
}

const ROUTINES = `
  SELECT concat_ws(' ', 'function', pg_get_functiondef(oid)) AS fact
    FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
  UNION ALL
  SELECT concat_ws(' ', 'trigger', tgenabled::text, pg_get_triggerdef(t.oid))
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
   WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
  UNION ALL
  SELECT concat_ws(' ', 'storage', relname, array_to_string(reloptions, ', '))
    FROM pg_class WHERE reloptions IS NOT NULL AND relnamespace = current_schema()::regnamespace`;
