import { SqlMigration } from './sql-migration.js';

/** Answers that are kept by Idempotency-Key. */
export class Idempotency1795816807000 extends SqlMigration {
  readonly name = 'Idempotency1795816807000';
  protected readonly files = ['idempotency/idempotency_records.sql'];
}
