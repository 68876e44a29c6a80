import { Client } from 'pg';
import { StartupError } from '../config/startup-error.js';
import { ownerOptions } from './connection-options.js';
import type { DatabaseSchema } from './database-schema.js';
import { assertOfRelease } from './executed-migrations.js';
import { exactDataSource } from './exact-data-source.js';
import { grantServicePrivileges } from './privileges.js';

/** Id of the advisory lock of the process that migrates. The number is arbitrary but must differ from other locks. */
const MIGRATION_LOCK = 7_105_712;
const CONNECT_TIMEOUT_MS = 10_000;
const INSUFFICIENT_PRIVILEGE = '42501';

/** The migrations that a start has applied. */
export interface AppliedMigrations {
  /** In their order. */
  readonly names: readonly string[];
  /** Whether there was no schema before. */
  readonly toNewDatabase: boolean;
}

/**
 * Migrates the schema to the latest version, then grants the service's role its privileges. If several processes call
 * it at once, one migrates and the others wait.
 *
 * @param ownerUrl address of the role that owns the tables
 * @param serviceRole name of the role that answers requests; the owner itself needs no grants
 * @param onMigrated called with the applied migrations, if there were any
 * @throws StartupError if the owner's role lacks the privileges, or a version before the first release created the tables
 */
export async function migrate(
  ownerUrl: string,
  serviceRole: string,
  schema: DatabaseSchema,
  onMigrated: (applied: AppliedMigrations) => void = () => {},
): Promise<void> {
  await withMigrationLock(ownerUrl, async (owner) => {
    await assertOfRelease(owner, schema);
    const { migrations, servicePrivileges } = schema;
    const names = await runMigrations(ownerUrl, migrations);
    if (names.length > 0) onMigrated({ names, toNewDatabase: names.length === migrations.length });
    if (serviceRole !== owner.user) await grantServicePrivileges(owner, serviceRole, servicePrivileges);
  });
}

/**
 * Migrates the schema to an earlier version, for a backup of that version, without grants.
 *
 * @param names the migrations that this version had applied
 * @throws StartupError if the owner's role lacks the privileges
 */
export async function migrateUpTo(
  ownerUrl: string,
  names: readonly string[],
  schema: DatabaseSchema,
): Promise<void> {
  const migrations = schema.migrations.filter(({ name }) => names.includes(name));
  await withMigrationLock(ownerUrl, async () => void (await runMigrations(ownerUrl, migrations)));
}

async function withMigrationLock(ownerUrl: string, work: (owner: Client) => Promise<void>): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  owner.on('error', () => {}); // a lost connection makes the next statement fail
  await owner.connect();
  try {
    await owner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await work(owner);
  } catch (error) {
    if ((error as { code?: unknown }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new StartupError(
      `The role ${owner.user} cannot change the schema (${(error as Error).message}). Make it the database's owner, or set DATABASE_OWNER_URL to a role that can.`,
    );
  } finally {
    await owner.end(); // also releases the lock
  }
}

/** Returns the names of the applied migrations in their order. */
async function runMigrations(ownerUrl: string, migrations: DatabaseSchema['migrations']): Promise<string[]> {
  const dataSource = exactDataSource({
    ...ownerOptions(ownerUrl),
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
  });
  await dataSource.initialize();
  try {
    return (await dataSource.runMigrations()).map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}
