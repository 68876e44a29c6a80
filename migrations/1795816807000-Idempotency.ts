import { SqlMigration } from './sql-migration.js';

/** Stored answers to requests with an Idempotency-Key. */
export class Idempotency1795816807000 extends SqlMigration {
  readonly name = 'Idempotency1795816807000';
  protected readonly files = ['idempotency/idempotency_records.sql'];
}
