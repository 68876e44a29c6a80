/** Migrations of versions before 0.1.0, as the last of these ran them. For folders and backups of these versions. */
export const SQUASHED_NAMES = [
  'Users1700000001000',
  'PersonalTexts1700000002000',
  'Modules1700000003000',
  'Variables1700000004000',
  'CreditLedger1700000010000',
  'CreditProjections1700000011000',
  'LedgerLocks1700000012000',
  'LocalDayStart1700000020000',
  'AuditEvents1700000030000',
  'IdempotencyRecords1700000031000',
  'AwardBatches1700000035000',
  'AccountState1700000040000',
  'AccountStates1700000050000',
  'RevenueRollups1700000060000',
  'RevenuePages1700000060010',
  'ModuleRanges1700000060020',
  'PartnerAddresses1700000060030',
  'AccountStatesPlan1700000060040',
  'SearchTexts1700000071000',
];

/** Columns that the baselines renamed: `table.column`, and the new name. All other names are the same. */
export const RENAMED_COLUMNS = { 'credit_allocations.piece': 'position' };
