import { SqlMigration } from './sql-migration.js';

/** Users of the platform, and all free texts about them. */
export class Users1795816801000 extends SqlMigration {
  readonly name = 'Users1795816801000';
  protected readonly files = ['users/users.sql', 'users/personal_texts.sql'];
}
