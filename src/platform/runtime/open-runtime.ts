import type { Config } from '../config/index.js';
import type { DatabaseSchema } from '../database/database-schema.js';
import type { AppliedMigrations } from '../database/migrate.js';
import { openDatabase, type Database } from '../database/open-database.js';

/** Settings and migrated database of a process, which all features need. */
export interface Runtime {
  readonly config: Config;
  readonly database: Pick<Database, 'serviceUrl' | 'ownerUrl'>;
  /** Releases the database; the last process stops an embedded one. Must be called after the application is closed. */
  close(): Promise<void>;
}

export interface RuntimeOptions {
  /** Receives sentences for the operator about the database. */
  readonly notify: (what: string) => void;
  /** Refuse an external database that contains any table (the demo's rule). */
  readonly mustBeEmpty?: boolean;
  /** Aborting it ends the wait for an external database. */
  readonly signal?: AbortSignal;
  /** Called with the applied migrations, if there were any. */
  readonly onMigrated?: (applied: AppliedMigrations) => void;
  /** False: do not migrate, because a restore creates the tables. */
  readonly isMigrated?: boolean;
}

/**
 * Starts or joins the embedded database (or connects to the external one) and migrates it. The HTTP server and the
 * command line both begin with `openRuntime(loadConfig(process.env), SCHEMA, ...)` and can use the same data folder at
 * the same time: the second process joins the first.
 *
 * @throws StartupError with one message that names the cause
 */
export async function openRuntime(
  config: Config,
  schema: DatabaseSchema,
  options: RuntimeOptions,
): Promise<Runtime> {
  const database = await openDatabase(config, schema, options.notify, options);
  return { config, database, close: () => database.close() };
}
