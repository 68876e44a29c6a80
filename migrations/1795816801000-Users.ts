import { SqlMigration } from './sql-migration.js';

/** People of the platform, and every free text about them. */
export class Users1795816801000 extends SqlMigration {
  readonly name = 'Users1795816801000';
  protected readonly files = ['users/users.sql', 'users/personal_texts.sql'];
}
