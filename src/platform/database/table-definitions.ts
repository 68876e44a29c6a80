import type { ClientBase } from 'pg';

/** Definition of a table, as PostgreSQL reports it; all names are quoted if necessary. */
export interface TableDefinition {
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
  /** Name, type, default and nullability of each column. */
  readonly columns: readonly string[];
  readonly checks: readonly string[];
  readonly indexes: readonly {
    readonly name: string;
    /** The CREATE INDEX statement. */
    readonly definition: string;
    /** The kind of key that the index implements, if any. */
    readonly key: 'PRIMARY KEY' | 'UNIQUE' | null;
  }[];
  /** Statements that create its triggers. */
  readonly triggers: readonly string[];
  /** Statements that grant privileges to other roles. */
  readonly grants: readonly string[];
  /** Storage parameters, in the form of ALTER TABLE ... SET. */
  readonly options: string | null;
}

/** Reads the definitions of tables by their unqualified names, in the order of the names. */
export async function readTableDefinitions(
  client: ClientBase,
  names: readonly string[],
): Promise<TableDefinition[]> {
  const { rows } = await client.query<TableDefinition>(DEFINITIONS, [names]);
  return rows;
}

const DEFINITIONS = `
  SELECT quote_ident(n.nspname) AS schema, quote_ident(c.relname) AS name, quote_ident(pg_get_userbyid(c.relowner)) AS owner,
         array_to_string(c.reloptions, ', ') AS options,
         ARRAY(SELECT concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation,
                                a.attnotnull, a.attgenerated, a.attidentity, pg_get_expr(d.adbin, d.adrelid))
                 FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
         ARRAY(SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                WHERE conrelid = c.oid AND contype NOT IN ('p', 'u', 'x', 'n') ORDER BY conname) AS checks,
         (SELECT coalesce(json_agg(json_build_object(
                   'name', quote_ident(x.relname), 'definition', pg_get_indexdef(x.oid),
                   'key', CASE k.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' END) ORDER BY x.relname), '[]')
            FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
              LEFT JOIN pg_constraint AS k ON k.conindid = i.indexrelid AND k.conrelid = c.oid AND k.contype IN ('p', 'u')
           WHERE i.indrelid = c.oid) AS indexes,
         ARRAY(SELECT unnest(ARRAY[pg_get_triggerdef(t.oid)] || CASE t.tgenabled
                        WHEN 'A' THEN ARRAY[format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', c.oid::regclass, t.tgname)]
                        WHEN 'R' THEN ARRAY[format('ALTER TABLE %s ENABLE REPLICA TRIGGER %I', c.oid::regclass, t.tgname)]
                        WHEN 'D' THEN ARRAY[format('ALTER TABLE %s DISABLE TRIGGER %I', c.oid::regclass, t.tgname)]
                        ELSE ARRAY[]::text[] END)
                 FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal ORDER BY 1) AS triggers,
         ARRAY(SELECT format('GRANT %s ON %s TO %s%s', string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type), c.oid::regclass,
                             CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
                             CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
                 FROM aclexplode(c.relacl) AS g WHERE g.grantee <> c.relowner
                GROUP BY g.grantee, g.is_grantable ORDER BY 1) AS grants
    FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, place)
      JOIN pg_class AS c ON c.oid = to_regclass(wanted.name)
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
   ORDER BY wanted.place`;
