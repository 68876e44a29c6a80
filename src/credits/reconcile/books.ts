import { readJson } from '../../platform/json/index.js';
import { Problem } from '../../platform/problem/index.js';
import { RECONCILIATION_PROBLEMS } from '../credits.problems.js';
import { linesOf, MAX_LINE_BYTES, type NumberedLine } from '../import/ndjson.js';
import { FieldRefusal, type FieldReader } from '../commands/json-fields.js';
import { cellsOf, DELIMITERS, type Delimiter } from './csv-cells.js';

/** The columns that determine the kind of a file. */
const REQUIRED_COLUMNS = {
  balances: ['userId', 'free', 'purchased'],
  revenue: ['partnerId', 'month', 'gross'],
} as const;

/** The contents of a file: balances of users, or revenue of partners by month. */
type BookKind = keyof typeof REQUIRED_COLUMNS;

/** One line of a file: its fields by name, or a complaint. */
export type BookLine = { readonly number: number } & (
  | { readonly record: Readonly<Record<string, unknown>> }
  | { readonly complaint: string }
);

/** An open file of another system's books. */
export interface Books {
  readonly kind: BookKind;
  /** The columns of the first line, or its fields for NDJSON. */
  readonly columns: readonly string[];
  readonly lines: AsyncIterable<BookLine>;
}

const LINE_COMPLAINTS = {
  tooLong: 'the line is longer than 64 kB',
  notUtf8: 'the line is not UTF-8',
} as const;

/**
 * Opens a file of another system's books with one record a line: JSON objects, or CSV with a header and commas,
 * semicolons or tabs between cells. The columns determine the kind of the file; other columns are ignored.
 *
 * @throws Problem if there is no record, or if the first line lacks the columns of a kind
 */
export async function openBooks(bytes: AsyncIterable<Uint8Array>): Promise<Books> {
  const lines = linesOf(bytes);
  const beginning = await lines.next();
  if (beginning.done === true) throw emptyBooks();
  const first = beginning.value;
  const text = first.text ?? '';
  if (text.trimStart().startsWith('{')) {
    const line = jsonLine(first);
    const columns = 'record' in line ? Object.keys(line.record) : [];
    return { kind: kindOf(columns), columns, lines: jsonLines(line, lines) };
  }
  const { delimiter, columns } = headerOf(text);
  return { kind: kindOf(columns), columns, lines: csvLines(lines, delimiter, columns) };
}

/**
 * Reads one field of a record.
 *
 * @throws FieldRefusal with the name of the field
 */
export function readField<T>(
  record: Readonly<Record<string, unknown>>,
  name: string,
  reader: FieldReader<T>,
): T {
  try {
    return reader(record[name]);
  } catch (error) {
    if (!(error instanceof FieldRefusal)) throw error;
    throw new FieldRefusal(`${name} ${record[name] === undefined ? 'is missing' : error.message}`);
  }
}

function kindOf(columns: readonly string[]): BookKind {
  const kinds = (Object.keys(REQUIRED_COLUMNS) as BookKind[]).filter((kind) => isOfKind(columns, kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    throw new Problem(
      RECONCILIATION_PROBLEMS.NO_COLUMNS,
      'The first line must be a header with the columns userId, free, purchased and optionally unpaid, or partnerId, month and gross, separated by commas, semicolons or tabs; or each line must be a JSON object with these fields.',
    );
  }
  return kind;
}

function isOfKind(columns: readonly string[], kind: BookKind): boolean {
  return REQUIRED_COLUMNS[kind].every((column) => columns.includes(column));
}

/** Finds the delimiter with which the line contains the columns of a kind. */
function headerOf(text: string): { delimiter: Delimiter; columns: string[] } {
  const readings = DELIMITERS.map((delimiter) => ({ delimiter, columns: cellsOf(text, delimiter) ?? [] }));
  const fitting = readings.find(
    ({ columns }) => isOfKind(columns, 'balances') || isOfKind(columns, 'revenue'),
  );
  return fitting ?? { delimiter: ',', columns: [] };
}

function emptyBooks(): Problem {
  return new Problem(
    RECONCILIATION_PROBLEMS.EMPTY,
    'The file contains no record, so nothing was compared. Use a file with at least one user or partner.',
  );
}

async function* jsonLines(first: BookLine, lines: AsyncIterable<NumberedLine>): AsyncGenerator<BookLine> {
  yield first;
  for await (const line of lines) yield jsonLine(line);
}

function jsonLine({ number, text, complaint }: NumberedLine): BookLine {
  if (text === null) return { number, complaint: LINE_COMPLAINTS[complaint ?? 'notUtf8'] };
  const reading = readJson(text);
  if ('error' in reading) return { number, complaint: `${reading.error.field} ${reading.error.message}` };
  const { value } = reading;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { number, complaint: 'the line must be one JSON object' };
  }
  return { number, record: value as Record<string, unknown> };
}

/** @throws Problem if no record follows the first line */
async function* csvLines(
  lines: AsyncIterable<NumberedLine>,
  delimiter: Delimiter,
  columns: readonly string[],
): AsyncGenerator<BookLine> {
  let isEmpty = true;
  /** The lines of a record with a quoted cell that has not ended yet. */
  let open: { readonly number: number; text: string } | null = null;
  for await (const { number, text, complaint } of lines) {
    isEmpty = false;
    const start: number = open?.number ?? number;
    if (text === null) {
      yield { number: start, complaint: LINE_COMPLAINTS[complaint ?? 'notUtf8'] };
      open = null;
      continue;
    }
    const record: string = open === null ? text : `${open.text}\n${text}`;
    const cells = cellsOf(record, delimiter);
    if (cells === null && record.length <= MAX_LINE_BYTES) {
      open = { number: start, text: record };
      continue;
    }
    open = null;
    yield { number: start, ...(cells === null ? { complaint: UNENDED } : recordOf(cells, columns)) };
  }
  if (open !== null) yield { number: open.number, complaint: UNENDED };
  if (isEmpty) throw emptyBooks();
}

const UNENDED = 'a quoted cell does not end';

function recordOf(
  cells: readonly string[],
  columns: readonly string[],
): { readonly record: Record<string, unknown> } | { readonly complaint: string } {
  if (cells.length !== columns.length) {
    return {
      complaint: `the line has ${cells.length} cells, but the header has ${columns.length} columns`,
    };
  }
  return { record: Object.fromEntries(columns.map((column, index) => [column, cells[index] || undefined])) };
}
