import { FieldRefusal, id, optional } from '../commands/json-fields.js';
import { readField, type BookLine } from './books.js';
import { figureReader, type Figure, type FigureReading } from './figure.js';

/** The columns of a file of balances; other columns are ignored. */
export const BALANCE_COLUMNS: readonly string[] = ['userId', 'free', 'purchased', 'unpaid'];

/** A user's balance in another system's books; no figure is below 0. */
export interface ExpectedBalance {
  readonly userId: string;
  readonly free: Figure;
  readonly purchased: Figure;
  /** Credits that the user owes; 0 if the books do not contain them. */
  readonly unpaid: Figure;
}

/** One line of a file of balances, or a complaint. */
export type ExpectedLine = { readonly number: number } & (
  | { readonly expected: ExpectedBalance }
  | { readonly complaint: string }
);

/**
 * Reads the lines of a file of balances: `userId`, `free`, `purchased` and optionally `unpaid`. If figures can be below
 * 0 (FigureReading), credits below 0 are unpaid.
 */
export async function* expectedBalancesOf(
  lines: AsyncIterable<BookLine>,
  reading: FigureReading,
): AsyncGenerator<ExpectedLine> {
  for await (const line of lines) yield 'complaint' in line ? line : balanceOf(line, reading);
}

function balanceOf(
  { number, record }: BookLine & { readonly record: Readonly<Record<string, unknown>> },
  reading: FigureReading,
): ExpectedLine {
  const figure = figureReader(reading);
  try {
    const userId = readField(record, 'userId', id);
    const free = readField(record, 'free', figure);
    const purchased = readField(record, 'purchased', figure);
    const unpaid = readField(record, 'unpaid', optional(figure)) ?? 0n;
    const owed = unpaid + debtIn(free) + debtIn(purchased);
    return {
      number,
      expected: { userId, free: creditsIn(free), purchased: creditsIn(purchased), unpaid: owed },
    };
  } catch (error) {
    if (error instanceof FieldRefusal) return { number, complaint: error.message };
    throw error;
  }
}

function creditsIn(figure: Figure): Figure {
  return figure < 0n ? 0n : figure;
}

function debtIn(figure: Figure): Figure {
  return figure < 0n ? -figure : 0n;
}
