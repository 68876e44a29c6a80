import { SqlMigration } from './sql-migration.js';

/** Rollups of the report, and the boundaries of local days. */
export class Revenue1795816805000 extends SqlMigration {
  readonly name = 'Revenue1795816805000';
  protected readonly files = [
    'revenue/local_day_start.sql',
    'revenue/revenue_deltas.sql',
    'revenue/revenue_rollups.sql',
    'revenue/append_inserted_revenue.sql',
    'revenue/append_updated_revenue.sql',
    'revenue/append_deleted_revenue.sql',
    'revenue/attach_revenue_deltas.sql',
  ];
}
