import type { MigrationInterface } from 'typeorm';

/** What the platform has to know of the features' tables; the composition root hands it over. */
export interface DatabaseSchema {
  /** Every migration, oldest first. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Per table what the service's role may do, as the privileges of a GRANT. Every table is listed. */
  readonly servicePrivileges: Readonly<Record<string, string>>;
  /** Tables in which migrations write rows. */
  readonly seededTables: readonly string[];
  /**
   * One of the tables that a rebuild replaces, all at once. Whoever reads several statements from one snapshot locks it
   * first, in the mode of a SELECT, and so keeps the old tables until it is done.
   */
  readonly swapGate: string;
}

/** Injection token of the schema. */
export const DATABASE_SCHEMA = Symbol('DATABASE_SCHEMA');
