import type { DatabaseSchema } from '../src/platform/database/database-schema.js';
import { Users1700000001000 } from './1700000001000-Users.js';
import { PersonalTexts1700000002000 } from './1700000002000-PersonalTexts.js';
import { Modules1700000003000 } from './1700000003000-Modules.js';
import { Variables1700000004000 } from './1700000004000-Variables.js';
import { CreditLedger1700000010000 } from './1700000010000-CreditLedger.js';
import { CreditProjections1700000011000 } from './1700000011000-CreditProjections.js';
import { LedgerLocks1700000012000 } from './1700000012000-LedgerLocks.js';
import { LocalDayStart1700000020000 } from './1700000020000-LocalDayStart.js';
import { AuditEvents1700000030000 } from './1700000030000-AuditEvents.js';
import { IdempotencyRecords1700000031000 } from './1700000031000-IdempotencyRecords.js';
import { AwardBatches1700000035000 } from './1700000035000-AwardBatches.js';
import { AccountState1700000040000 } from './1700000040000-AccountState.js';
import { AccountStates1700000050000 } from './1700000050000-AccountStates.js';
import { RevenueRollups1700000060000 } from './1700000060000-RevenueRollups.js';
import { RevenuePages1700000060010 } from './1700000060010-RevenuePages.js';
import { ModuleRanges1700000060020 } from './1700000060020-ModuleRanges.js';
import { PartnerAddresses1700000060030 } from './1700000060030-PartnerAddresses.js';
import { AccountStatesPlan1700000060040 } from './1700000060040-AccountStatesPlan.js';
import { SearchTexts1700000071000 } from './1700000071000-SearchTexts.js';

/** Every migration, oldest first. Append yours at the end; one that has landed is never edited. */
const MIGRATIONS: DatabaseSchema['migrations'] = [
  Users1700000001000,
  PersonalTexts1700000002000,
  Modules1700000003000,
  Variables1700000004000,
  CreditLedger1700000010000,
  CreditProjections1700000011000,
  LedgerLocks1700000012000,
  LocalDayStart1700000020000,
  AuditEvents1700000030000,
  IdempotencyRecords1700000031000,
  AwardBatches1700000035000,
  AccountState1700000040000,
  AccountStates1700000050000,
  RevenueRollups1700000060000,
  RevenuePages1700000060010,
  ModuleRanges1700000060020,
  PartnerAddresses1700000060030,
  AccountStatesPlan1700000060040,
  SearchTexts1700000071000,
];

/**
 * What the service's own role may do with each table, as the privileges of a GRANT: `credit_entries: 'SELECT, INSERT'`.
 * A table without a line here is out of the service's reach. Never TRUNCATE, REFERENCES or TRIGGER: those are the owner's.
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
  audit_events: 'SELECT, INSERT',
  idempotency_records: 'SELECT, INSERT, DELETE',
};

/** The database as this version has it: what the composition root hands to the platform. */
export const SCHEMA: DatabaseSchema = {
  migrations: MIGRATIONS,
  servicePrivileges: SERVICE_PRIVILEGES,
  seededTables: ['variables'],
  swapGate: 'deployment_revenue',
};
