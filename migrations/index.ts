import type { MigrationInterface } from 'typeorm';

/** Every migration, oldest first. Append yours at the end; one that has landed is never edited. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [];

/**
 * What the service's own role may do with each table, as the privileges of a GRANT: `credit_entries: 'SELECT, INSERT'`.
 * A table without a line here is out of the service's reach. Never TRUNCATE, REFERENCES or TRIGGER: those are the owner's.
 */
export const SERVICE_PRIVILEGES: Record<string, string> = {};
