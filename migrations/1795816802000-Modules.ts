import { SqlMigration } from './sql-migration.js';

/** The catalogue of modules, and its search. */
export class Modules1795816802000 extends SqlMigration {
  readonly name = 'Modules1795816802000';
  protected readonly files = [
    'modules/modules.sql',
    'modules/search_text.sql',
    'modules/set_module_search_name.sql',
  ];
}
