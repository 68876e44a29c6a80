import type { Micros } from '../../domain/index.js';
import { readJson } from '../../platform/json/index.js';
import { Problem } from '../../platform/problem/index.js';
import { RECONCILIATION_PROBLEMS } from '../credits.problems.js';
import { decimal, FieldRefusal, id, optional, type FieldReader } from '../lines/line-fields.js';
import { linesOf, type NumberedLine } from '../import/ndjson.js';

/** What somebody else's books say that a user has. */
export interface ExpectedBalance {
  readonly userId: string;
  readonly free: Micros;
  readonly purchased: Micros;
  /** Owed; 0 where the books do not say. */
  readonly unpaid: Micros;
}

/** One line of a file of balances, read, or what is wrong with it. */
export type ExpectedLine = { readonly number: number } & (
  { readonly expected: ExpectedBalance } | { readonly complaint: string }
);

const FIELDS = {
  userId: id,
  free: decimal,
  purchased: decimal,
  unpaid: optional(decimal),
} satisfies Record<keyof ExpectedBalance, FieldReader<unknown>>;
const FIELD_NAMES = Object.keys(FIELDS);
const REQUIRED = ['userId', 'free', 'purchased'];

const LINE_COMPLAINTS = {
  tooLong: 'the line is longer than 64 kB',
  notUtf8: 'the line is not UTF-8',
} as const;

/** No id and no decimal holds a comma or a quote, so a cell is what stands between commas, in quotes or not. */
const CSV_CELL = /^\s*"([^"]*)"\s*$/;

/**
 * Reads a file of balances, one a line: JSON objects with `userId`, `free`, `purchased` and perhaps `unpaid`, or CSV
 * whose first line names these columns. Credits are written as everywhere (docs/contract.md, "Decimals").
 *
 * @throws Problem where the first line is neither
 */
export async function* expectedBalancesIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ExpectedLine> {
  let readRecord: ((text: string) => Record<string, unknown>) | null = null;
  for await (const line of linesOf(bytes)) {
    if (readRecord === null) {
      const isJson = line.text?.trimStart().startsWith('{') ?? false;
      readRecord = isJson ? jsonRecord : csvRecords(line.text ?? '');
      if (!isJson) continue;
    }
    yield { number: line.number, ...read(line, readRecord) };
  }
}

function read(
  { text, complaint }: NumberedLine,
  readRecord: (text: string) => Record<string, unknown>,
): { readonly expected: ExpectedBalance } | { readonly complaint: string } {
  if (text === null) return { complaint: LINE_COMPLAINTS[complaint ?? 'notUtf8'] };
  try {
    return { expected: balanceOf(readRecord(text)) };
  } catch (error) {
    if (error instanceof FieldRefusal) return { complaint: error.message };
    throw error;
  }
}

function balanceOf(record: Readonly<Record<string, unknown>>): ExpectedBalance {
  const unknown = Object.keys(record).find((name) => !Object.hasOwn(FIELDS, name));
  if (unknown !== undefined) {
    throw new FieldRefusal(`${unknown.slice(0, 100)} is not among ${FIELD_NAMES.join(', ')}`);
  }
  const field = <T>(name: keyof typeof FIELDS, reader: FieldReader<T>): T => {
    try {
      return reader(record[name]);
    } catch (error) {
      if (!(error instanceof FieldRefusal)) throw error;
      throw new FieldRefusal(`${name} ${record[name] === undefined ? 'is missing' : error.message}`);
    }
  };
  return {
    userId: field('userId', FIELDS.userId),
    free: field('free', FIELDS.free),
    purchased: field('purchased', FIELDS.purchased),
    unpaid: field('unpaid', FIELDS.unpaid) ?? 0n,
  };
}

function jsonRecord(text: string): Record<string, unknown> {
  const reading = readJson(text);
  if ('error' in reading) throw new FieldRefusal(`${reading.error.field} ${reading.error.message}`);
  const { value } = reading;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FieldRefusal('the line must be one JSON object');
  }
  return value as Record<string, unknown>;
}

/** @throws Problem where the first line does not name the columns */
function csvRecords(header: string): (text: string) => Record<string, unknown> {
  const columns = cellsOf(header);
  const isHeader =
    columns.every((name) => FIELD_NAMES.includes(name)) && REQUIRED.every((name) => columns.includes(name));
  if (!isHeader) {
    throw new Problem(
      RECONCILIATION_PROBLEMS.NO_COLUMNS,
      'The first line must name the columns userId, free, purchased and perhaps unpaid, with commas between them; or every line must be a JSON object with these fields.',
    );
  }
  return (text) => {
    const cells = cellsOf(text);
    if (cells.length !== columns.length) {
      throw new FieldRefusal(
        `the line has ${cells.length} cells where the first line names ${columns.length} columns`,
      );
    }
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] || undefined]));
  };
}

/** A cell with a quote inside is no id and no decimal, and is complained of as such. */
function cellsOf(line: string): string[] {
  return line.split(',').map((cell) => CSV_CELL.exec(cell)?.[1] ?? cell.trim());
}
