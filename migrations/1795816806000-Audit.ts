import { SqlMigration } from './sql-migration.js';

/** The audit: caller, action, time and request. */
export class Audit1795816806000 extends SqlMigration {
  readonly name = 'Audit1795816806000';
  protected readonly files = ['audit/audit_events.sql', 'audit/refuse_audit_change.sql'];
}
