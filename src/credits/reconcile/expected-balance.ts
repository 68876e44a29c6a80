import { FieldRefusal, id, optional } from '../commands/json-fields.js';
import { readField, type BookLine } from './books.js';
import { figureReader, type Figure, type FigureReading } from './figure.js';

/** The columns of a file of balances; others are not read. */
export const BALANCE_COLUMNS: readonly string[] = ['userId', 'free', 'purchased', 'unpaid'];

/** What somebody else's books say that a user has; nothing of it is below 0. */
export interface ExpectedBalance {
  readonly userId: string;
  readonly free: Figure;
  readonly purchased: Figure;
  /** Owed; 0 where the books do not say. */
  readonly unpaid: Figure;
}

/** One line of a file of balances, read, or what is wrong with it. */
export type ExpectedLine = { readonly number: number } & (
  { readonly expected: ExpectedBalance } | { readonly complaint: string }
);

/**
 * Reads the lines of a file of balances: `userId`, `free`, `purchased` and perhaps `unpaid`. Where figures may be below 0
 * (FigureReading), credits below 0 are unpaid.
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
    const owed = unpaid + owedOf(free) + owedOf(purchased);
    return { number, expected: { userId, free: heldOf(free), purchased: heldOf(purchased), unpaid: owed } };
  } catch (error) {
    if (error instanceof FieldRefusal) return { number, complaint: error.message };
    throw error;
  }
}

function heldOf(figure: Figure): Figure {
  return figure < 0n ? 0n : figure;
}

function owedOf(figure: Figure): Figure {
  return figure < 0n ? -figure : 0n;
}
