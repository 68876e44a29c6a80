import { SqlMigration } from './sql-migration.js';

/** The variables with their defaults, and their history. */
export class Variables1795816803000 extends SqlMigration {
  readonly name = 'Variables1795816803000';
  protected readonly files = ['variables/variables.sql', 'variables/variable_changes.sql'];
}
