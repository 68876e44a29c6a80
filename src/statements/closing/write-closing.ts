import type { EntityManager } from 'typeorm';
import { formatRevenue } from '../../domain/index.js';
import { connectionOf, copyRows, instantFromPostgres, type CopyRow } from '../../platform/database/index.js';
import { headerLine, idOfStatement, type StatementHeader } from '../lines/statement-header.js';
import type { ClosingRun } from './begin-run.js';
import type { SettledElsewhere } from './closing.js';
import { closingDigest } from './closing-digest.js';
import type { MonthDraft, StatementDraft } from './drafts.js';
import { explainChanged } from './open-adjustments.js';
import type { ClosingTerms } from './terms.js';
import { LineWriter } from './write-lines.js';

/** Receives the progress of a closing: lines or adjustments written, of all. */
export type ClosingProgress = (phase: 'lines' | 'adjustments', done: number, all: number) => void;

interface Statement {
  readonly no: bigint;
  readonly header: StatementHeader;
  readonly draft: StatementDraft;
}

/** Writes all of a closing, in the transaction of the manager, from its snapshot. */
export async function writeClosing(
  { statements: drafts, changed }: MonthDraft,
  terms: ClosingTerms,
  { run, settled }: { readonly run: ClosingRun; readonly settled: SettledElsewhere },
  manager: EntityManager,
  onProgress: ClosingProgress,
): Promise<void> {
  const statements = await numbered(drafts, terms, manager);
  const lines = drafts.reduce((sum, { deployments }) => sum + deployments, 0);
  const writer = new LineWriter(
    statements.map(({ no, header }) => ({ no, partnerId: header.partnerId, headerLine: headerLine(header) })),
    terms,
    manager,
    (done) => onProgress('lines', Math.min(done, lines), lines),
  );
  if (lines > 0) await writer.writeRevenueLines();
  let adjusted = 0;
  for await (const adjustments of explainChanged(changed, terms, terms.shares, manager)) {
    await writer.writeAdjustments(adjustments);
    adjusted += adjustments.length;
    onProgress('adjustments', adjusted, changed.length);
  }
  if (adjusted > 0) await writer.hashAdjustments();
  const digests = writer.digests();
  const digestOf = ({ no }: Statement): string => digests.get(String(no)) as string;
  const stated = statements.map((statement) => ({ id: statement.header.id, digest: digestOf(statement) }));
  await insertClosing(terms, { run, settled, stated }, manager);
  await copyRows(
    manager,
    'statements',
    STATEMENT_COLUMNS,
    statements.map((statement) => statementRow(statement, digestOf(statement))),
  );
}

async function numbered(
  drafts: readonly StatementDraft[],
  terms: ClosingTerms,
  manager: EntityManager,
): Promise<Statement[]> {
  const [row] = await manager.query<{ last: string }[]>(
    'SELECT coalesce(max(no), 0) AS last FROM statements',
  );
  const last = BigInt(row?.last ?? 0);
  return drafts.map((draft, index) => ({
    no: last + BigInt(index + 1),
    header: headerOf(draft, terms),
    draft,
  }));
}

function headerOf(
  draft: StatementDraft,
  { month, currency, currencyMinorUnit }: ClosingTerms,
): StatementHeader {
  const { partnerId, opening, revenue, adjustments, due, payable, carried } = draft;
  return {
    id: idOfStatement(partnerId, month),
    partnerId,
    month,
    currency,
    currencyMinorUnit,
    opening: formatRevenue(opening),
    revenue: formatRevenue(revenue),
    adjustments: formatRevenue(adjustments),
    due: formatRevenue(due),
    payable: formatRevenue(payable),
    carried: formatRevenue(carried),
  };
}

interface ClosingParts {
  readonly run: ClosingRun;
  readonly settled: SettledElsewhere;
  readonly stated: readonly { readonly id: string; readonly digest: string }[];
}

async function insertClosing(
  { month, startsAt, endsAt, timeZone, minimumPayout, previous }: ClosingTerms,
  { run, settled, stated }: ClosingParts,
  manager: EntityManager,
): Promise<void> {
  const header = {
    month,
    from: instantFromPostgres(startsAt),
    to: instantFromPostgres(endsAt),
    timeZone,
    minimumPayout: formatRevenue(minimumPayout),
    settledElsewhere: settled,
    previousDigest: previous?.digest ?? null,
  };
  const client = await connectionOf(manager);
  await client.query(
    `INSERT INTO closings (month, run, starts_at, ends_at, time_zone, minimum_payout, settled_deployments,
                           settled_gross, statements, previous_month, previous_digest, digest)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      month,
      run.run,
      startsAt,
      endsAt,
      timeZone,
      header.minimumPayout,
      settled.deployments,
      settled.grossRevenue,
      stated.length,
      previous?.month ?? null,
      header.previousDigest,
      closingDigest(header, stated),
    ],
  );
}

const STATEMENT_COLUMNS = [
  'no',
  'id',
  'partner_id',
  'month',
  'currency',
  'currency_minor_unit',
  'opening',
  'revenue',
  'adjustments',
  'due',
  'payable',
  'carried',
  'deployments',
  'purchased_credits',
  'gross_revenue',
  'digest',
];

function statementRow({ no, header, draft }: Statement, digest: string): CopyRow {
  const { deployments, purchasedCredits, grossRevenue } = draft;
  const { id, partnerId, month, currency, currencyMinorUnit } = header;
  const { opening, revenue, adjustments, due, payable, carried } = header;
  return [
    ...[String(no), id, partnerId, month, currency, String(currencyMinorUnit)],
    ...[opening, revenue, adjustments, due, payable, carried],
    ...[String(deployments), purchasedCredits, grossRevenue, digest],
  ];
}
