/**
 * The printed rows: plain heads that repeat on each sheet, no column cut off, the totals at the end, and a note about
 * what is printed. They are drawn at once, because a browser that is about to print waits for nothing.
 */

import { render, type JSX } from 'preact';
import type { Row, Totals } from '../../../api/revenue.js';
import { isExact } from '../../../preferences/preferences.js';
import { CallerContext, type Caller } from '../../../session/me.js';
import { alignTails } from '../../../ui/align.js';
import { withTotals, type RevenueColumn } from '../table/columns.js';
import { t } from '../texts.js';

export interface PrintedRows {
  readonly columns: readonly RevenueColumn[];
  readonly rows: readonly Row[];
  /** Of the whole filter. */
  readonly totals: Totals;
  /** Which rows are printed. */
  readonly note: string;
  readonly caller: Caller;
}

/** Width of a sheet between margins of 12 mm, in CSS pixels, for A4 and for Letter. */
const PORTRAIT_PX = 703;
const LANDSCAPE_PX = 965;
/** Text sizes to try, in points, the most readable first. */
const SHEETS = [
  ...[9, 8, 7].map((size) => ({ size, width: PORTRAIT_PX, isWide: false })),
  ...[9, 8, 7, 6, 5].map((size) => ({ size, width: LANDSCAPE_PX, isWide: true })),
];
/** With this size names can break anywhere. */
const SMALLEST = { size: 4, width: LANDSCAPE_PX, isWide: true };
const MEASURED_PT = 9;
/** Text widths do not scale exactly with the font size. */
const ROUNDING = 1.02;

export function clearPaper(home: HTMLElement): void {
  render(null, home);
  document.documentElement.classList.remove('wide-paper');
}

export function fillPaper(home: HTMLElement, rows: PrintedRows): void {
  render(
    <CallerContext.Provider value={rows.caller}>
      <Paper {...rows} />
    </CallerContext.Provider>,
    home,
  );
  const table = home.querySelector('table');
  if (table === null) return;
  if (isExact.value) alignTails(table);
  fit(home, table);
}

/**
 * Rotates the sheet and reduces the text until the table fits. The width is measured once, because it is proportional to
 * the text size.
 */
function fit({ style, classList }: HTMLElement, table: HTMLTableElement): void {
  style.setProperty('--paper-size', `${MEASURED_PT}pt`);
  classList.add('measured');
  const widthOfPoint = (table.offsetWidth * ROUNDING) / MEASURED_PT;
  classList.remove('measured');
  const { size, isWide } = SHEETS.find(({ size, width }) => widthOfPoint * size <= width) ?? SMALLEST;
  style.setProperty('--paper-size', `${size}pt`);
  document.documentElement.classList.toggle('wide-paper', isWide);
}

function Paper({ columns, rows, totals, note }: PrintedRows): JSX.Element {
  const summed = withTotals(columns, totals);
  const classOf = ({ kind, id }: RevenueColumn): string => (kind === 'number' ? 'num' : id);
  return (
    <>
      <p class="paper-note">{note}</p>
      <table class="paper-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" class={column.kind === 'number' ? 'num' : ''}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.deploymentId}>
              {columns.map((column) => (
                <td key={column.id} class={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('totalOf', { count: totals.deployments })}</th>
            {summed.slice(1).map((column) => (
              <td key={column.id} class={column.kind === 'number' ? 'num' : ''}>
                {column.total}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </>
  );
}
