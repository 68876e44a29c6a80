import type { Config } from '../config/index.js';
import type { DatabaseSchema } from '../database/database-schema.js';
import type { AppliedMigrations } from '../database/migrate.js';
import { openDatabase, type Database } from '../database/open-database.js';

/** What a process needs before any feature can work: its settings and a migrated database. */
export interface Runtime {
  readonly config: Config;
  readonly database: Pick<Database, 'serviceUrl' | 'ownerUrl'>;
  /** Gives the database back; the last process out stops an embedded one. Call it after the application is closed. */
  close(): Promise<void>;
}

export interface RuntimeOptions {
  /** Told, in one sentence each, what a person should know about the database. */
  readonly notify: (what: string) => void;
  /** Refuse an external database that holds anything (the demo's rule). */
  readonly mustBeEmpty?: boolean;
  /** Its abort ends the waiting for an external database. */
  readonly signal?: AbortSignal;
  /** Told which migrations were applied, where any were. */
  readonly onMigrated?: (applied: AppliedMigrations) => void;
  /** False: leave the tables as they are, for a restore that makes them. */
  readonly isMigrated?: boolean;
}

/**
 * Starts or joins the embedded database (or connects to the external one) and migrates it. The HTTP door and the
 * command line both begin with `openRuntime(loadConfig(process.env), SCHEMA, ...)`, and may use one data folder at the same
 * time: whoever comes second joins.
 *
 * @throws StartupError with one sentence that says what is in the way
 */
export async function openRuntime(
  config: Config,
  schema: DatabaseSchema,
  options: RuntimeOptions,
): Promise<Runtime> {
  const database = await openDatabase(config, schema, options.notify, options);
  return { config, database, close: () => database.close() };
}
