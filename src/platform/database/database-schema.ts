import type { MigrationInterface } from 'typeorm';

/** The features' tables as far as the platform needs to know them; the composition root provides it. */
export interface DatabaseSchema {
  /** Every migration, oldest first. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  /**
   * Migrations of versions before the first release (`names`), which this version no longer contains; the `migrations`
   * that create the same tables (`into`); and columns that have other names now (by `table.column`).
   */
  readonly squashed: {
    readonly names: readonly string[];
    readonly into: readonly string[];
    readonly renamedColumns: Readonly<Record<string, string>>;
  };
  /** Privileges of the service's role by table, as in GRANT. Every table must be listed. */
  readonly servicePrivileges: Readonly<Record<string, string>>;
  /** Tables that migrations fill with rows. */
  readonly seededTables: readonly string[];
  /**
   * One of the tables that a rebuild replaces together. Code that reads several statements from one snapshot must first
   * lock it in the mode of a SELECT. The lock keeps the old tables until the transaction ends.
   */
  readonly swapGate: string;
}

/** Injection token of the schema. */
export const DATABASE_SCHEMA = Symbol('DATABASE_SCHEMA');
