export { CreditsModule } from './credits.module.js';
export { BalanceDto } from './http/dto/lot.dto.js';
export { gunzippedIfPacked } from './import/import-source.js';
export { linesOf } from './import/ndjson.js';
export { IMPORT_LOCK, ImportService, type ImportOptions } from './import/import.service.js';
export { REFUSALS_NAMED_MAX, type ImportReport } from './import/import-tally.js';
export { LedgerReader, type UserHistory } from './ledger/ledger-reader.js';
export { readRecordedEntries, type RecordedEntryRow } from './ledger/recorded-entries.js';
export { batchesOfUsers } from './accounts/user-batches.js';
export { CreditAccountEntity } from './accounts/credit-account.entity.js';
export { addProjection, emptyProjection, type ProjectionRows } from './accounts/projection-rows.js';
export {
  columnNames,
  PROJECTION_TABLES,
  type ColumnKind,
  type ProjectionName,
  type ProjectionTable,
} from './accounts/projection-tables.js';
export { WRITERS_LOCK } from './rebuild/fold-share.js';
export { workersOfMachine } from './rebuild/fold-shares.js';
export { ProjectionRebuild, type RebuildProgress } from './rebuild/projection-rebuild.js';
export { openBooks, readField, type BookLine, type Books } from './reconcile/books.js';
export { cellsOf, DELIMITERS } from './reconcile/csv-cells.js';
export { BALANCE_COLUMNS } from './reconcile/expected-balance.js';
export {
  distance,
  figureFromNumeric,
  figureOfMicros,
  figureReader,
  formatFigure,
  type Figure,
  type FigureReading,
} from './reconcile/figure.js';
export { SortedFindings } from './reconcile/sorted-findings.js';
export { FieldRefusal, id, type FieldReader } from './commands/json-fields.js';
export { Reconciliation, type ReconciliationFinding } from './reconcile/reconciliation.js';
export { EntryRecorder } from './commands/entry-recorder.js';
export type { Recorded } from './commands/recorded.js';
export { balanceDto } from './http/dto/lot.dto.js';
