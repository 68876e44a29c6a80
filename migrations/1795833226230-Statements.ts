import { SqlMigration } from './sql-migration.js';

/** Closed months: closings, statements with their lines and causes, payments, and marks of later changes. */
export class Statements1795833226230 extends SqlMigration {
  readonly name = 'Statements1795833226230';
  protected readonly files = [
    'statements/closing_runs.sql',
    'statements/closings.sql',
    'statements/statements.sql',
    'statements/statement_lines.sql',
    'statements/statement_causes.sql',
    'statements/payments.sql',
    'statements/statement_marks.sql',
    'statements/refuse_statement_change.sql',
    'statements/mark_closed_deployments.sql',
    'statements/mark_rebuilt_deployments.sql',
    'variables/minimum_payout.sql',
  ];
}
