import Table from 'cli-table3';
import { moneyText } from '../../variables/index.js';
import type { ClosingPreview } from '../closing/preview.service.js';
import type { Payouts } from '../payments/payouts.service.js';
import type { Statement } from '../queries/statement.js';

const PLAIN = { head: [], border: [] };
type Cells = readonly string[];

/** Statements as a table for a terminal. */
export function statementsTable(statements: readonly Statement[]): string {
  const money = (amount: string, { currency }: Statement): string => moneyText(amount, currency);
  return drawn(
    ['Statement', 'Opening', 'Revenue', 'Adjustments', 'Due', 'Payable', 'Carried', 'Paid', 'Status'],
    statements.map((statement) => {
      const { opening, revenue, adjustments, due, payable, carried, paid } = statement;
      const amounts = [opening, revenue, adjustments, due, payable, carried, paid];
      return [statement.id, ...amounts.map((amount) => money(amount, statement)), statement.status];
    }),
  );
}

/** A payout list as a table for a terminal. */
export function payoutsTable({ month, currency, data, totals }: Payouts): string {
  const amounts = (row: Payouts['totals']): string[] =>
    [
      row.grossRevenue,
      row.revenue,
      row.adjustments,
      row.opening,
      row.payable,
      row.paid,
      row.open,
      row.netOpen,
    ].map((amount) => moneyText(amount, currency));
  const table = drawn(
    [
      'Partner',
      'Deployments',
      'Gross',
      'Revenue',
      'Adjustments',
      'Opening',
      'Payable',
      'Paid',
      'Open',
      'Net open',
    ],
    [
      ...data.map((row) => [row.partnerId, String(row.deployments), ...amounts(row)]),
      [`Total of ${data.length}`, String(totals.deployments), ...amounts(totals)],
    ],
  );
  return `Payouts of ${month} in ${currency}\n${table}`;
}

/** What closing a month would state, as a table for a terminal. */
export function previewTable({
  month,
  from,
  to,
  timeZone,
  currency,
  data,
  totals,
  settledElsewhere,
}: ClosingPreview): string {
  const cells = (row: ClosingPreview['totals']): string[] => [
    String(row.deployments),
    ...[row.opening, row.revenue, row.adjustments, row.due, row.payable, row.carried].map((amount) =>
      moneyText(amount, currency),
    ),
  ];
  const table = drawn(
    ['Partner', 'Deployments', 'Opening', 'Revenue', 'Adjustments', 'Due', 'Payable', 'Carried'],
    [...data.map((row) => [row.partnerId, ...cells(row)]), [`Total of ${data.length}`, ...cells(totals)]],
  );
  const settled =
    settledElsewhere.deployments === 0
      ? ''
      : `\nSettled elsewhere: ${settledElsewhere.deployments} deployments with gross revenue ${moneyText(settledElsewhere.grossRevenue, currency)}.`;
  return `Closing ${month} (${timeZone}, ${from} to ${to}) would state, in ${currency}:\n${table}${settled}`;
}

function drawn(head: Cells, rows: readonly Cells[]): string {
  const colAligns = head.map((_, index) => (index === 0 ? ('left' as const) : ('right' as const)));
  const table = new Table({ head: [...head], colAligns, style: PLAIN });
  for (const row of rows) table.push([...row]);
  const lines = table.toString().split('\n');
  const rules = lines.flatMap((line, index) => (line.startsWith('├') ? [index] : []));
  const between = new Set(rules.slice(1));
  return lines.filter((_, index) => !between.has(index)).join('\n');
}
