/** The note on a printed table: which rows are printed, and where to find the others. */

import { count } from '../../exact/format.js';

/**
 * @param {number} rows that are printed
 * @param {number} all of the filter
 * @param {boolean} isSteady whether rows and totals are from one state of the ledger
 * @returns {string}
 */
export function printedNote(rows, all, isSteady) {
  const which =
    rows >= all
      ? `All ${deployments(all)} of this filter.`
      : `The first ${count(rows)} of ${deployments(all)} in this order; ${count(all - rows)} are not printed. Export CSV has all of them.`;
  return isSteady ? which : `${which} ${UNSTEADY}`;
}

const UNSTEADY =
  'The ledger changed while the rows were read, so rows and totals can be from different moments.';

/**
 * @param {number} before rows before the page on the screen
 * @param {number} rows of that page
 * @param {number} all of the filter
 * @returns {string}
 */
export function onScreenNote(before, rows, all) {
  if (rows >= all) return printedNote(rows, all, true);
  return (
    `Only the page on the screen: ${count(before + 1)} to ${count(before + rows)} of ${deployments(all)}; ` +
    `${count(all - rows)} are not printed. The page’s button Print prints up to 2,000, Export CSV has all of them.`
  );
}

/** @param {number} all */
function deployments(all) {
  return all === 1 ? '1 deployment' : `${count(all)} deployments`;
}
