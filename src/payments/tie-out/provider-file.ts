import { cellsOf, DELIMITERS, linesOf } from '../../credits/index.js';
import { parseDecimal, parseInstant, type Instant, type Micros } from '../../domain/index.js';
import type { ProviderMoney } from './money-item.js';

/** The names of the file's columns. */
export interface ProviderColumns {
  readonly id: string;
  readonly date: string;
  readonly amount: string;
  readonly fee: string;
  readonly currency: string;
}

/** The month to compare, and when it begins and ends on the platform. */
export interface Month {
  /** `2026-05` */
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  /** For lines of a file without a column of currencies. */
  readonly currency: string;
}

/** The lines of a file. */
export interface ProviderFile {
  readonly lines: readonly ProviderMoney[];
  /** Number of lines of other months. */
  readonly otherMonths: number;
  readonly complaints: readonly string[];
}

/** Reads the lines of a month from CSV with commas, semicolons or tabs. */
export async function readProviderFile(
  bytes: AsyncIterable<Uint8Array>,
  columns: ProviderColumns,
  month: Month,
): Promise<ProviderFile> {
  const lines: ProviderMoney[] = [];
  const complaints: string[] = [];
  let otherMonths = 0;
  let header: Header | null = null;
  for await (const { number, text } of linesOf(bytes)) {
    if (header === null) {
      header = headerOf(text ?? '', columns);
      if (header === null) return { lines, otherMonths, complaints: [headerComplaint(columns)] };
      continue;
    }
    const cells = text === null ? null : cellsOf(text, header.delimiter);
    const read = cells === null ? 'is not a line of CSV' : lineOf(number, header.cellsByName(cells), month);
    if (typeof read === 'string') complaints.push(`line ${number}: ${read}`);
    else if (read === null) otherMonths += 1;
    else lines.push(read);
  }
  return { lines, otherMonths, complaints };
}

interface Header {
  readonly delimiter: (typeof DELIMITERS)[number];
  cellsByName(cells: readonly string[]): Cells;
}

type Cells = Readonly<Record<keyof ProviderColumns, string>>;

function headerOf(text: string, columns: ProviderColumns): Header | null {
  for (const delimiter of DELIMITERS) {
    const names = cellsOf(text, delimiter) ?? [];
    const places = Object.entries(columns).map(
      ([field, name]) => [field, names.indexOf(name as string)] as const,
    );
    const isWhole = places.every(([field, place]) => place >= 0 || field === 'fee' || field === 'currency');
    if (!isWhole) continue;
    const cellsByName = (cells: readonly string[]): Cells =>
      Object.fromEntries(places.map(([field, place]) => [field, cells[place] ?? ''])) as unknown as Cells;
    return { delimiter, cellsByName };
  }
  return null;
}

function headerComplaint({ id, date, amount }: ProviderColumns): string {
  return `line 1: the columns ${id}, ${date} and ${amount} are needed; name others with --id, --date and --amount`;
}

/** @returns null for another month; a text if the line is wrong */
function lineOf(line: number, cells: Cells, month: Month): ProviderMoney | string | null {
  const isOfMonth = isIn(month, cells.date);
  if (isOfMonth === null) return `${JSON.stringify(cells.date)} is no date like 2026-05-01`;
  if (!isOfMonth) return null;
  if (cells.id === '') return 'its id is missing';
  const amount = signedDecimal(cells.amount);
  const fee = cells.fee === '' ? null : signedDecimal(cells.fee);
  if (amount === null) return `${JSON.stringify(cells.amount)} is no amount like -10.5`;
  if (cells.fee !== '' && fee === null) return `${JSON.stringify(cells.fee)} is no fee like 0.59`;
  return { line, id: cells.id, amount, fee, currency: cells.currency.toUpperCase() || month.currency };
}

/** A date or a time without an offset is one of the platform's own days. */
function isIn({ name, from, to }: Month, date: string): boolean | null {
  const instant = parseInstant(date);
  if (instant !== null) return instant >= from && instant < to;
  const day = date.slice(0, 10);
  const isDay =
    parseInstant(`${day}T00:00:00Z`) !== null &&
    (date.length === 10 || /^[T ]\d\d:\d\d/.test(date.slice(10)));
  return isDay ? day.startsWith(`${name}-`) : null;
}

function signedDecimal(text: string): Micros | null {
  const micros = parseDecimal(text.replace(/^-/, ''));
  return micros !== null && text.startsWith('-') ? -micros : micros;
}
