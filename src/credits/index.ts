export { CreditsModule } from './credits.module.js';
export { BalanceDto } from './dto/balance.response.dto.js';
export { gunzippedIfPacked } from './import/import-source.js';
export { IMPORT_LOCK, ImportService, type ImportOptions } from './import/import.service.js';
export { REFUSALS_NAMED_MAX, type ImportReport } from './import/import-tally.js';
export type { EntryLine } from './lines/import-line.js';
export { LedgerReader } from './ledger/ledger-reader.js';
export type { UserHistory } from './ledger/user-history.js';
export { CreditAccountEntity } from './persistence/credit-account.entity.js';
export { addProjection, emptyProjection, type ProjectionRows } from './projection/projection-rows.js';
export {
  columnNames,
  PROJECTION_TABLES,
  type ColumnKind,
  type ProjectionName,
  type ProjectionTable,
} from './projection/projection-tables.js';
export { WRITERS_LOCK } from './rebuilding/fold-share.js';
export { workersOfMachine } from './rebuilding/fold-shares.js';
export { ProjectionRebuild, type RebuildProgress } from './rebuilding/projection-rebuild.js';
export { openBooks, readField, type BookLine, type Books } from './reconciliation/books.js';
export { BALANCE_COLUMNS } from './reconciliation/expected-balance.js';
export {
  distance,
  figureFromNumeric,
  figureOfMicros,
  figureReader,
  formatFigure,
  type Figure,
  type FigureReading,
} from './reconciliation/figure.js';
export { SortedFindings } from './reconciliation/sorted-findings.js';
export { FieldRefusal, id, type FieldReader } from './lines/line-fields.js';
export { Reconciliation, type ReconciliationFinding } from './reconciliation/reconciliation.js';
export { EntryRecorder } from './recording/entry-recorder.js';
export type { EntryRequest } from './recording/entry-request.js';
export type { Recorded } from './recording/recorded.js';
export { shownBalance } from './reading/shown.js';
