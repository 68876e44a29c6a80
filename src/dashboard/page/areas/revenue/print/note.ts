/** The note on a printed table: which rows are printed, and where to find the others. */

import { count } from '../../../exact/format.js';
import { t } from '../texts.js';

/**
 * @param rows that are printed
 * @param all of the filter
 * @param isSteady whether rows and totals are from one state of the ledger
 */
export function printedNote(rows: number, all: number, isSteady: boolean): string {
  const others = count(all - rows);
  const which =
    rows >= all ? t('allOf', { count: all }) : t('firstOf', { rows: count(rows), count: all, others });
  return isSteady ? which : `${which} ${t('unsteady')}`;
}

/**
 * @param before rows before the page on the screen
 * @param rows of that page
 * @param all of the filter
 */
export function onScreenNote(before: number, rows: number, all: number): string {
  if (rows >= all) return printedNote(rows, all, true);
  const [first, last] = [count(before + 1), count(before + rows)];
  return t('onlyPage', { first, last, count: all, others: count(all - rows) });
}
