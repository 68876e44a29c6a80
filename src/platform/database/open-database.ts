import { Client } from 'pg';
import type { Config, DatabaseConfig } from '../config/config.js';
import { StartupError } from '../config/startup-error.js';
import { connectionFailure } from './connection-failure.js';
import type { DatabaseSchema } from './database-schema.js';
import { isOutOfReach } from '../http/database-failure.js';
import { joinEmbedded } from './embedded/index.js';
import { migrate, type AppliedMigrations } from './migrate.js';
import { patiently } from './patiently.js';
import { assertKeepsSessions, isPooled } from './pooling.js';
import { checkReplicas } from './replicas/check-replicas.js';

const SERVER_VERSION_MIN = 150_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** The database that this process uses, migrated, and the way out. */
export interface Database {
  /** Address of the role that answers requests. */
  readonly serviceUrl: string;
  /** Address of the role that owns the tables; the same where one role does both. */
  readonly ownerUrl: string;
  /** Ends this process's use of an embedded server; the last one out stops it. */
  close(): Promise<void>;
}

/** How the database is opened. */
export interface OpenOptions {
  /** Refuse an external database that holds anything. */
  readonly mustBeEmpty?: boolean;
  /** Its abort ends the waiting for an external database. */
  readonly signal?: AbortSignal;
  /** Told which migrations were applied, where any were. */
  readonly onMigrated?: (applied: AppliedMigrations) => void;
  /** False: leave the tables as they are, for a restore that makes them. */
  readonly isMigrated?: boolean;
}

/**
 * Starts or joins the embedded database, or checks the external one; then migrates it.
 *
 * @param notify told, in one sentence each, what a person should know about the database
 * @throws StartupError with one sentence that says what is in the way
 */
export async function openDatabase(
  config: Config,
  schema: DatabaseSchema,
  notify: (what: string) => void,
  options: OpenOptions = {},
): Promise<Database> {
  const { database, dataDirectory, databaseWait_seconds: wait_seconds } = config;
  const { isMigrated = true } = options;
  if (database.kind === 'embedded') {
    const embedded = await joinEmbedded(dataDirectory, notify);
    try {
      const { ownerUrl, serviceUrl } = embedded;
      if (isMigrated) await migrate(ownerUrl, new URL(serviceUrl).username, schema, options.onMigrated);
    } catch (error) {
      await embedded.leave();
      throw error;
    }
    const { serviceUrl, ownerUrl } = embedded;
    return { serviceUrl, ownerUrl, close: () => embedded.leave() };
  }
  const patience = { wait_seconds, notify, signal: options.signal };
  return patiently(patience, () => openExternal(database, schema, notify, options));
}

async function openExternal(
  { serviceUrl, ownerUrl, replicaUrls }: Extract<DatabaseConfig, { kind: 'external' }>,
  schema: DatabaseSchema,
  notify: (what: string) => void,
  options: OpenOptions,
): Promise<Database> {
  const service = await inspect(serviceUrl, 'DATABASE_URL');
  const owner = ownerUrl === null ? service : await inspect(ownerUrl, 'DATABASE_OWNER_URL');
  if (options.mustBeEmpty && owner.tables > 0) {
    throw new StartupError(
      `The database of DATABASE_URL is not empty (${owner.tables} tables), and the demo fills only an empty one; serve what is there with npm start, give the demo a new database, or unset DATABASE_URL for the embedded one.`,
    );
  }
  if (owner.role === service.role) {
    notify(
      `One role (${service.role}) both serves and migrates; set DATABASE_OWNER_URL to keep the two apart.`,
    );
  }
  await checkReplicas(replicaUrls, serviceUrl, notify);
  if (options.isMigrated ?? true) {
    await migrate(ownerUrl ?? serviceUrl, service.role, schema, options.onMigrated).catch(
      (error: unknown) => {
        if (error instanceof StartupError || !isOutOfReach(error)) throw error;
        throw connectionFailure(
          error,
          ownerUrl ?? serviceUrl,
          ownerUrl === null ? 'DATABASE_URL' : 'DATABASE_OWNER_URL',
        );
      },
    );
  }
  return { serviceUrl, ownerUrl: ownerUrl ?? serviceUrl, close: () => Promise.resolve() };
}

interface Inspection {
  readonly role: string;
  /** Tables, views and the like outside PostgreSQL's own schemas. */
  readonly tables: number;
}

async function inspect(url: string, variable: string): Promise<Inspection> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => {}); // told by the query as well
  try {
    await client.connect();
    const { rows } = await client.query<{
      version: number;
      versionText: string;
      role: string;
      tables: number;
      encoding: string;
      backend: number;
    }>(`
      SELECT current_setting('server_version_num')::int AS version,
             current_setting('server_version') AS "versionText",
             current_setting('server_encoding') AS encoding,
             current_user AS role,
             pg_backend_pid() AS backend,
             (SELECT count(*)::int FROM pg_class AS c
               WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                 AND c.relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_' OR nspname = 'information_schema')
             ) AS tables`);
    const [found] = rows;
    if (found === undefined || found.version < SERVER_VERSION_MIN) {
      throw new StartupError(
        `PostgreSQL 15 or later is needed, and ${variable} leads to ${found?.versionText}; upgrade it, or unset ${variable} for the embedded one.`,
      );
    }
    if (found.encoding !== 'UTF8') {
      throw new StartupError(
        `The database of ${variable} is encoded in ${found.encoding}, which does not hold every name; create one with ENCODING 'UTF8', or unset ${variable} for the embedded one.`,
      );
    }
    if (isPooled(client, found.backend)) await assertKeepsSessions(url, variable);
    return found;
  } catch (error) {
    throw error instanceof StartupError ? error : connectionFailure(error, url, variable);
  } finally {
    await client.end().catch(() => {}); // never connected, or gone: nothing is left to end
  }
}
