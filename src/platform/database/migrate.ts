import { Client } from 'pg';
import { StartupError } from '../config/startup-error.js';
import { ownerOptions } from './connection-options.js';
import type { DatabaseSchema } from './database-schema.js';
import { exactDataSource } from './exact-data-source.js';
import { grantServicePrivileges } from './privileges.js';

/** Names the advisory lock of the one process that migrates. Any fixed number does that no other lock has. */
const MIGRATION_LOCK = 7_105_712;
const CONNECT_TIMEOUT_MS = 10_000;
const INSUFFICIENT_PRIVILEGE = '42501';

/** What a start changed in the schema. */
export interface AppliedMigrations {
  /** In their order. */
  readonly names: readonly string[];
  /** Whether there was no schema before. */
  readonly toNewDatabase: boolean;
}

/**
 * Brings the schema up to date, then gives the service's role what it may do. Several processes may come here at once:
 * one does it, the others wait and find it done.
 *
 * @param ownerUrl the role that owns the tables
 * @param serviceRole the role that answers requests; the owner itself needs no grants
 * @param onMigrated told what was applied, where anything was
 * @throws StartupError when the owner's role may not do so
 */
export async function migrate(
  ownerUrl: string,
  serviceRole: string,
  { migrations, servicePrivileges }: DatabaseSchema,
  onMigrated: (applied: AppliedMigrations) => void = () => {},
): Promise<void> {
  await whileNobodyMigrates(ownerUrl, async (owner) => {
    const names = await runMigrations(ownerUrl, migrations);
    if (names.length > 0) onMigrated({ names, toNewDatabase: names.length === migrations.length });
    if (serviceRole !== owner.user) await grantServicePrivileges(owner, serviceRole, servicePrivileges);
  });
}

/**
 * Brings the schema to where an earlier version had it, for a backup of that version; grants nothing.
 *
 * @param names of the migrations that it had run
 * @throws StartupError when the owner's role may not do so
 */
export async function migrateUpTo(
  ownerUrl: string,
  names: readonly string[],
  schema: DatabaseSchema,
): Promise<void> {
  const migrations = schema.migrations.filter(({ name }) => names.includes(name));
  await whileNobodyMigrates(ownerUrl, async () => void (await runMigrations(ownerUrl, migrations)));
}

async function whileNobodyMigrates(ownerUrl: string, work: (owner: Client) => Promise<void>): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  owner.on('error', () => {}); // a lost connection fails the next statement, which says so
  await owner.connect();
  try {
    await owner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await work(owner);
  } catch (error) {
    if ((error as { code?: unknown }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new StartupError(
      `The role ${owner.user} may not change the schema (${(error as Error).message}); make it the database's owner, or set DATABASE_OWNER_URL to a role that may.`,
    );
  } finally {
    await owner.end(); // also gives the lock back
  }
}

/** Gives the names of those that were applied, in their order. */
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
