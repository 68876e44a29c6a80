import { SqlMigration } from './sql-migration.js';

/** Entries of money that was taken back, the numbers of takings, and what a payment provider tells of a purchase. */
export class Reversals1795830347068 extends SqlMigration {
  readonly name = 'Reversals1795830347068';
  protected readonly files = [
    'credits/entries_of_reversals.sql',
    'credits/lots_with_reversals.sql',
    'credits/allocations_with_numbers.sql',
    'credits/read_accounts_with_reversals.sql',
  ];
}
