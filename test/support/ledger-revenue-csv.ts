import { formatDecimal, formatInstant } from '../../src/domain/index.js';
import type { ModuleLine } from './ledger-ndjson.js';
import { byText, type SpendEnd } from './ledger-story.js';

const HEADER =
  'Deployment ID,Module Name,Created At,Credit Cost,Free Credits,Purchased Credits,Gross Revenue,Partner Revenue Share %,Revenue,Currency,Unpaid Credits,Refunded Credits';

/** A deployment with the module that was deployed. */
export interface DeployedRow {
  readonly module: ModuleLine;
  readonly end: SpendEnd;
}

/**
 * The CSV that a partner downloads of its modules (docs/contract.md, "Revenue"), at share 30: revenue-generating
 * deployments, the last one first; ties are sorted by the bytes of the id in the same direction.
 *
 * @param revenueOf revenue as text, by gross
 */
export function drawRevenueCsv(
  partnerId: string,
  rows: readonly DeployedRow[],
  revenueOf: (gross: bigint) => string,
): string {
  const own = rows
    .filter(({ module, end }) => module.partnerId === partnerId && end.gross > 0n)
    .sort(byText(({ end }) => `${String(end.occurredAt).padStart(20, '0')} ${end.spend}`))
    .reverse();
  const lines = own.map(({ module, end }) =>
    [
      end.spend.replace('deployment ', ''),
      module.name,
      formatInstant(end.occurredAt),
      ...[end.cost, end.free, end.purchased, end.gross].map(formatDecimal),
      '30',
      revenueOf(end.gross),
      'USD',
      ...[end.unpaid, end.refunded].map(formatDecimal),
    ].join(','),
  );
  return [HEADER, ...lines].map((line) => `${line}\r\n`).join('');
}
