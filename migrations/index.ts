import type { DatabaseSchema } from '../src/platform/database/database-schema.js';
import { Users1795816801000 } from './1795816801000-Users.js';
import { Modules1795816802000 } from './1795816802000-Modules.js';
import { Variables1795816803000 } from './1795816803000-Variables.js';
import { Credits1795816804000 } from './1795816804000-Credits.js';
import { Revenue1795816805000 } from './1795816805000-Revenue.js';
import { Audit1795816806000 } from './1795816806000-Audit.js';
import { Idempotency1795816807000 } from './1795816807000-Idempotency.js';
import { UserSearch1795829105891 } from './1795829105891-UserSearch.js';
import { Reversals1795830347068 } from './1795830347068-Reversals.js';
import { ShareTimeline1795830743348 } from './1795830743348-ShareTimeline.js';
import { CustomerRevenue1795832619139 } from './1795832619139-CustomerRevenue.js';
import { Statements1795833226230 } from './1795833226230-Statements.js';
import { RENAMED_COLUMNS, SQUASHED_NAMES } from './squashed.js';

/** The migrations of 0.1.0 for an empty database, one for each feature. */
const BASELINES: DatabaseSchema['migrations'] = [
  Users1795816801000,
  Modules1795816802000,
  Variables1795816803000,
  Credits1795816804000,
  Revenue1795816805000,
  Audit1795816806000,
  Idempotency1795816807000,
];

/** All migrations, the oldest first. Append new ones; never edit one that has landed (migrations/README.md). */
const MIGRATIONS: DatabaseSchema['migrations'] = [
  ...BASELINES,
  UserSearch1795829105891,
  Reversals1795830347068,
  ShareTimeline1795830743348,
  CustomerRevenue1795832619139,
  Statements1795833226230,
];

/**
 * Privileges of the service's role for each table, as in a GRANT: `credit_entries: 'SELECT, INSERT'`. The service
 * cannot use a table without a line here. TRUNCATE, REFERENCES and TRIGGER are reserved for the owner.
 */
const SERVICE_PRIVILEGES: DatabaseSchema['servicePrivileges'] = {
  users: 'SELECT, INSERT, UPDATE',
  personal_texts: 'SELECT, INSERT, DELETE',
  modules: 'SELECT, INSERT, UPDATE',
  variables: 'SELECT, UPDATE',
  variable_changes: 'SELECT, INSERT',
  credit_accounts: 'SELECT, INSERT, UPDATE',
  credit_entries: 'SELECT, INSERT',
  credit_lots: 'SELECT, INSERT, UPDATE, DELETE',
  credit_allocations: 'SELECT, INSERT, UPDATE, DELETE',
  credit_debts: 'SELECT, INSERT, UPDATE, DELETE',
  deployment_revenue: 'SELECT, INSERT, UPDATE, DELETE',
  revenue_deltas: 'SELECT, INSERT, DELETE',
  revenue_rollups: 'SELECT, INSERT, UPDATE, DELETE',
  award_batches: 'SELECT, INSERT, UPDATE',
  award_batch_items: 'SELECT, INSERT, UPDATE',
  closing_runs: 'SELECT, INSERT',
  closings: 'SELECT, INSERT',
  statements: 'SELECT, INSERT',
  statement_lines: 'SELECT, INSERT',
  statement_causes: 'SELECT, INSERT',
  statement_marks: 'SELECT, INSERT',
  payments: 'SELECT, INSERT',
  audit_events: 'SELECT, INSERT',
  idempotency_records: 'SELECT, INSERT, DELETE',
};

/** The schema of this version. The composition root passes it to the platform. */
export const SCHEMA: DatabaseSchema = {
  migrations: MIGRATIONS,
  squashed: {
    names: SQUASHED_NAMES,
    into: BASELINES.map(({ name }) => name),
    renamedColumns: RENAMED_COLUMNS,
  },
  servicePrivileges: SERVICE_PRIVILEGES,
  seededTables: ['variables'],
  swapGate: 'deployment_revenue',
};
