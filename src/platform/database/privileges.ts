import type { ClientBase } from 'pg';

/**
 * Grants the service's role exactly the listed privileges on the owner's tables, and none on other tables. If the
 * privileges are already correct, the tables are left as they are.
 *
 * @param owner a session of the role that owns the tables
 * @param wanted privileges by table, as in GRANT (`SELECT, INSERT`); every table must exist
 */
export async function grantServicePrivileges(
  owner: ClientBase,
  serviceRole: string,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  const role = owner.escapeIdentifier(serviceRole);
  const { rows } = await owner.query<{ name: string; held: string[] }>(TABLES_WITH_PRIVILEGES, [serviceRole]);
  const held = new Map(rows.map((row) => [row.name, row.held]));
  const statements = [`GRANT USAGE ON SCHEMA ${owner.escapeIdentifier(await schemaOf(owner))} TO ${role}`];
  for (const table of new Set([...held.keys(), ...Object.keys(wanted)])) {
    const list = listOf(wanted[table] ?? '');
    if (list.join() === (held.get(table) ?? []).join()) continue;
    const name = owner.escapeIdentifier(table);
    statements.push(`REVOKE ALL ON TABLE ${name} FROM ${role}`);
    if (list.length > 0) statements.push(`GRANT ${list.join(', ')} ON TABLE ${name} TO ${role}`);
  }
  await owner.query(`BEGIN; ${statements.join('; ')}; COMMIT`);
}

async function schemaOf(owner: ClientBase): Promise<string> {
  const { rows } = await owner.query<{ schema: string }>('SELECT current_schema() AS schema');
  return rows[0]?.schema ?? 'public';
}

function listOf(privileges: string): string[] {
  return privileges
    .split(',')
    .map((privilege) => privilege.trim().toUpperCase())
    .filter((privilege) => privilege !== '')
    .sort();
}

/** Tables of the current schema that the session's role owns, with the privileges that $1 has on each, sorted. */
const TABLES_WITH_PRIVILEGES = `
  SELECT c.relname AS name,
         ARRAY(SELECT a.privilege_type::text
                 FROM aclexplode(c.relacl) AS a
                 JOIN pg_roles AS r ON r.oid = a.grantee
                WHERE r.rolname = $1
                ORDER BY a.privilege_type COLLATE "C") AS held
    FROM pg_class AS c
   WHERE c.relnamespace = current_schema()::regnamespace
     AND c.relkind IN ('r', 'p', 'v', 'm')
     AND pg_get_userbyid(c.relowner) = current_user`;
