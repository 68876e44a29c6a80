import Table from 'cli-table3';
import { moneyText } from '../../variables/index.js';
import type { ReportedFilter, RevenueReport } from '../report/revenue-report.js';
import type { ReportRow } from '../report/report-row.js';
import type { ReportTotals } from '../report/report-totals.js';

type Figure = Exclude<keyof ReportRow & keyof ReportTotals, 'platformRevenue'>;

interface Column {
  readonly head: string;
  readonly figure: Figure;
  /** The column is left out if all its cells are zero. */
  readonly optional?: true;
  /** In the report's currency, with at least its number of places. */
  readonly isMoney?: true;
}

const FIGURES: readonly Column[] = [
  { head: 'Credits', figure: 'creditCost' },
  { head: 'Free', figure: 'freeCredits' },
  { head: 'Purchased', figure: 'purchasedCredits' },
  { head: 'Unpaid', figure: 'unpaidCredits', optional: true },
  { head: 'Refunded', figure: 'refundedCredits', optional: true },
  { head: 'Gross', figure: 'grossRevenue', isMoney: true },
  { head: 'Revenue', figure: 'revenue', isMoney: true },
];

const PLAIN = { head: [], border: [] };

/**
 * The Module Revenue table of a report as text for a terminal: its rows, the totals of the whole filter, and a title
 * with filter and currency. Figures are exact and aligned to the right.
 *
 * @param shares the shares of its range in words
 * @param lastRevenueAt instant of the last revenue, for any dates; shown if there are no rows
 */
export function revenueTable(
  report: RevenueReport,
  shares: string,
  lastRevenueAt: string | null = null,
): string {
  const { data, totals } = report;
  if (data.length === 0) return `${titleOf(report, shares)}\n${emptyText(report.filter, lastRevenueAt)}`;
  const figures = FIGURES.filter(({ figure, optional }) => optional !== true || totals[figure] !== '0');
  const table = new Table({
    head: ['Created at', 'Deployment', 'Module', ...figures.map(({ head }) => head)],
    colAligns: ['left', 'left', 'left', ...figures.map(() => 'right' as const)],
    style: PLAIN,
  });
  for (const row of data) {
    const { createdAt, deploymentId, moduleName } = row;
    table.push([
      createdAt,
      deploymentId,
      isolated(moduleName),
      ...figures.map((column) => textOf(column, row, report.currency)),
    ]);
  }
  table.push([
    { content: `Total of ${countOf(totals.deployments)}`, colSpan: 3 },
    ...figures.map((column) => ({
      content: textOf(column, totals, report.currency),
      hAlign: 'right' as const,
    })),
  ]);
  const shown = data.length < totals.deployments ? `\n${shownText(report)}` : '';
  return `${titleOf(report, shares)}\n${fewerRules(table.toString())}${shown}`;
}

function textOf(
  { figure, isMoney }: Column,
  figures: Readonly<Record<Figure, string>>,
  currency: string,
): string {
  return isMoney === true ? moneyText(figures[figure], currency) : figures[figure];
}

/** Controls of the direction of text (Unicode's UAX 9), and characters of no width that join nothing. */
const DIRECTION_CONTROLS = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/**
 * A name without the characters that could reverse the rest of its line. Isolates are no alternative, because terminals
 * count them as columns.
 */
function isolated(name: string): string {
  return name.replace(DIRECTION_CONTROLS, '');
}

/** Keeps the lines below the head and above the total, and removes those between rows. */
function fewerRules(drawn: string): string {
  const lines = drawn.split('\n');
  const rules = lines.flatMap((line, index) => (line.startsWith('├') ? [index] : []));
  const between = new Set(rules.slice(1, -1));
  return lines.filter((_, index) => !between.has(index)).join('\n');
}

function titleOf({ filter, currency }: RevenueReport, shares: string): string {
  const { partnerIds, moduleIds } = filter;
  const scope = [
    ...(partnerIds.length === 0 ? [] : [`of ${partnerIds.join(', ')}`]),
    ...(moduleIds.length === 0 ? [] : [`with ${moduleIds.join(', ')} alone`]),
  ];
  return `Module Revenue ${[...scope, rangeText(filter)].join(', ')}, in ${currency}; the partner's share is ${shares}`;
}

function rangeText({ startDate, endDate, timeZone }: ReportedFilter): string {
  if (startDate !== null && endDate !== null) return `from ${startDate} to ${endDate} (${timeZone})`;
  if (startDate !== null) return `from ${startDate} on (${timeZone})`;
  return endDate === null ? 'of all time' : `up to ${endDate} (${timeZone})`;
}

function shownText({ data, totals, filter }: RevenueReport): string {
  const which = filter.sort === 'createdAt' ? (filter.order === 'desc' ? 'latest' : 'earliest') : 'first';
  return `These are the ${which} ${data.length} of ${countOf(totals.deployments)}.`;
}

function emptyText(filter: ReportedFilter, lastRevenueAt: string | null): string {
  const what = filter.includeFree ? 'Nothing was deployed' : 'No deployment gave revenue';
  if (filter.from === null && filter.to === null) return `${what} so far.`;
  const when =
    lastRevenueAt === null ? 'there has been no revenue at all' : `the last revenue was at ${lastRevenueAt}`;
  return `${what} in this range; ${when}.`;
}

function countOf(deployments: number): string {
  return deployments === 1 ? '1 deployment' : `${deployments} deployments`;
}
