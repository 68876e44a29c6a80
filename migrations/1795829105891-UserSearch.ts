import { SqlMigration } from './sql-migration.js';

/** Indexes that find users by the first letters of id, e-mail address and name. */
export class UserSearch1795829105891 extends SqlMigration {
  readonly name = 'UserSearch1795829105891';
  protected readonly files = ['users/user_search.sql'];
}
