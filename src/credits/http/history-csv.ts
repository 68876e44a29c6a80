import {
  csvDialect,
  csvFileName,
  CsvText,
  fileNameDates,
  neutralised,
  type CsvColumn,
  type CsvForm,
  type OpenCsv,
} from '../../platform/csv/index.js';
import type { LocalTimes } from '../../variables/index.js';
import type { HistoryLineDto, MovementDto } from './dto/credit-history.dto.js';

/** Number of lines that are written at a time. */
const LINES_PER_BATCH = 1_000;
/** File systems limit names to 255 bytes. */
const ID_MAX_CHARACTERS = 40;

/** The user, filter and time zone of a history's file. */
export interface HistoryFile {
  readonly userId: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** The time zone of dates. */
  readonly timeZone: string;
  readonly showsReasons: boolean;
  readonly form: CsvForm | undefined;
  /** Local times of all instants in the lines; null for UTC only. */
  readonly localTimes: LocalTimes | null;
}

/** Writes a whole history as CSV. The columns are the JSON fields; all movements of a line are in one cell. */
export function historyCsv(file: HistoryFile, lines: Iterable<HistoryLineDto>): OpenCsv {
  const { userId, startDate, endDate, timeZone, form } = file;
  const name = [
    'credit-history',
    userId.slice(0, ID_MAX_CHARACTERS),
    ...fileNameDates(startDate, endDate),
    ...(timeZone === 'UTC' ? [] : [timeZone]),
  ];
  return { fileName: csvFileName(name), text: textOf(new CsvText(columns(file), csvDialect(form)), lines) };
}

function* textOf(csv: CsvText<HistoryLineDto>, lines: Iterable<HistoryLineDto>): Generator<string> {
  yield csv.header;
  let batch: HistoryLineDto[] = [];
  for (const line of lines) {
    batch.push(line);
    if (batch.length < LINES_PER_BATCH) continue;
    yield csv.lines(batch);
    batch = [];
  }
  if (batch.length > 0) yield csv.lines(batch);
}

function columns({ showsReasons, localTimes }: HistoryFile): CsvColumn<HistoryLineDto>[] {
  const everyone: CsvColumn<HistoryLineDto>[] = [
    ...atColumns('Occurred At', ({ occurredAt }) => occurredAt, localTimes),
    { label: 'Type', value: (line) => line.type },
    { label: 'ID', value: (line) => neutralised(line.id) },
    { label: 'Credits', value: (line) => line.credits, isDecimal: true },
    { label: 'Amount', value: (line) => line.amount, isDecimal: true },
    ...atColumns('Expires At', ({ expiresAt }) => expiresAt, localTimes),
    { label: 'Module ID', value: (line) => neutralised(line.moduleId) },
    { label: 'Category', value: (line) => line.category },
    { label: 'Pool', value: (line) => line.pool },
    { label: 'Refund Of', value: (line) => neutralised(undoneBy(line)) },
    { label: 'Movements', value: (line) => line.movements.map(movementText).join('; ') },
    { label: 'Free Balance', value: (line) => line.balanceAfter.free, isDecimal: true },
    { label: 'Purchased Balance', value: (line) => line.balanceAfter.purchased, isDecimal: true },
    { label: 'Total Balance', value: (line) => line.balanceAfter.total, isDecimal: true },
    { label: 'Unpaid Balance', value: (line) => line.balanceAfter.unpaid, isDecimal: true },
  ];
  if (!showsReasons) return everyone;
  return [
    ...everyone,
    { label: 'Reason', value: (line) => neutralised(line.reason ?? null) },
    { label: 'Fee', value: (line) => line.payment?.fee ?? null, isDecimal: true },
    { label: 'Tax', value: (line) => line.payment?.tax ?? null, isDecimal: true },
    { label: 'Original Amount', value: (line) => line.payment?.originalAmount ?? null, isDecimal: true },
    { label: 'Original Currency', value: (line) => line.payment?.originalCurrency ?? null },
  ];
}

/** All instants in the file of a history. */
export function* instantsOf(lines: Iterable<HistoryLineDto>): Generator<string | null> {
  for (const { occurredAt, expiresAt } of lines) {
    yield occurredAt;
    yield expiresAt;
  }
}

/** A column for an instant in UTC, and one in the requested time zone, if any. */
function atColumns(
  label: string,
  instantOf: (line: HistoryLineDto) => string | null,
  localTimes: LocalTimes | null,
): CsvColumn<HistoryLineDto>[] {
  const utc = { label, value: instantOf };
  if (localTimes === null) return [utc];
  return [utc, { label: `${label} (${localTimes.zone})`, value: (line) => localTimes.of(instantOf(line)) }];
}

/** The entry that a refund, a reversal or a release undoes. */
function undoneBy({ deploymentId, purchaseExternalId, reversalExternalId }: HistoryLineDto): string | null {
  return deploymentId ?? purchaseExternalId ?? reversalExternalId;
}

/** `paid 8.5 purchased of buy_17 worth 0.85`: programs can parse it, because ids contain no space or semicolon. */
function movementText({ kind, credits, pool, lotId, value, settles }: MovementDto): string {
  const worth = pool === 'purchased' ? ` worth ${value}` : '';
  const debt = settles === null ? '' : ` for ${settles.type} ${settles.id}`;
  return `${kind} ${credits} ${pool} of ${lotId}${worth}${debt}`;
}
