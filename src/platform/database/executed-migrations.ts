import type { ClientBase } from 'pg';
import { StartupError } from '../config/startup-error.js';
import type { DatabaseSchema } from './database-schema.js';

/** The names of the applied migrations in their order; empty if the database was never migrated. */
export async function readMigrations(client: ClientBase): Promise<string[]> {
  const { rows: found } = await client.query<{ table: string | null }>(
    `SELECT to_regclass('migrations')::text AS table`,
  );
  if (found[0]?.table === null) return [];
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  return rows.map(({ name }) => name);
}

/**
 * @throws StartupError if a version before the first release created the tables, which this version would create again
 */
export async function assertOfRelease(client: ClientBase, { squashed }: DatabaseSchema): Promise<void> {
  const old = (await readMigrations(client)).find((name) => squashed.names.includes(name));
  if (old === undefined) return;
  throw new StartupError(
    `The database was created before version 0.1.0 (it has run ${old}) and cannot be migrated in place. Save it with npm run cli -- backup FILE, then restore it with restore FILE into an empty folder (DATA_DIR) or an empty database.`,
  );
}
