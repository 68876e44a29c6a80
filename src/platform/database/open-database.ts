import { Client } from 'pg';
import type { Config, DatabaseConfig } from '../config/config.js';
import { StartupError } from '../config/startup-error.js';
import { connectionFailure } from './connection-failure.js';
import type { DatabaseSchema } from './database-schema.js';
import { isOutOfReach } from '../http/database-failure.js';
import { joinEmbedded } from './embedded/index.js';
import { migrate, type AppliedMigrations } from './migrate.js';
import { retryWhileUnreachable } from './retry-while-unreachable.js';
import { assertKeepsSessions, isPooled } from './pooling.js';
import { checkReplicas } from './replicas/check-replicas.js';

const SERVER_VERSION_MIN = 150_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** The database of this process, migrated and ready. */
export interface Database {
  /** Address of the role that answers requests. */
  readonly serviceUrl: string;
  /** Address of the role that owns the tables; equal to `serviceUrl` if one role does both. */
  readonly ownerUrl: string;
  /** Ends this process's use of an embedded server; the last process stops it. */
  close(): Promise<void>;
}

/** Options of `openDatabase`. */
export interface OpenOptions {
  /** Refuse an external database that contains any table. */
  readonly mustBeEmpty?: boolean;
  /** Aborting it ends the wait for an external database. */
  readonly signal?: AbortSignal;
  /** Called with the applied migrations, if there were any. */
  readonly onMigrated?: (applied: AppliedMigrations) => void;
  /** False: do not migrate, because a restore creates the tables. */
  readonly isMigrated?: boolean;
}

/**
 * Starts or joins the embedded database, or checks the external one; then migrates it.
 *
 * @param notify receives sentences for the operator about the database
 * @throws StartupError with one message that names the cause
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
  return retryWhileUnreachable(patience, () => openExternal(database, schema, notify, options));
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
      `The database of DATABASE_URL is not empty (${owner.tables} tables); the demo fills only an empty database. Serve the existing data with npm start, give the demo a new database, or unset DATABASE_URL to use the embedded PostgreSQL.`,
    );
  }
  if (owner.role === service.role) {
    notify(
      `The role ${service.role} both serves and migrates. Set DATABASE_OWNER_URL to use separate roles.`,
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
  client.on('error', () => {}); // the query fails as well
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
        `${variable} points to PostgreSQL ${found?.versionText}; the service needs 15 or later. Upgrade it, or unset ${variable} to use the embedded PostgreSQL.`,
      );
    }
    if (found.encoding !== 'UTF8') {
      throw new StartupError(
        `The database of ${variable} has the encoding ${found.encoding}, which cannot store every name. Create a database with ENCODING 'UTF8', or unset ${variable} to use the embedded PostgreSQL.`,
      );
    }
    if (isPooled(client, found.backend)) await assertKeepsSessions(url, variable);
    return found;
  } catch (error) {
    throw error instanceof StartupError ? error : connectionFailure(error, url, variable);
  } finally {
    await client.end().catch(() => {}); // it may never have connected
  }
}
