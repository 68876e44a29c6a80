import type { Command } from 'commander';
import {
  BALANCE_COLUMNS,
  gunzippedIfPacked,
  openBooks,
  Reconciliation,
  type Books,
  type ReconciliationFinding,
} from '../credits/index.js';
import { formatDecimal, type Instant, type Micros } from '../domain/index.js';
import { REVENUE_COLUMNS, RevenueReconciliation, type RevenueFinding } from '../revenue/index.js';
import { withApplication } from './command-line.js';
import { openInput } from './input-file.js';
import { showProgress, type Progress } from './progress.js';

export interface ReconcileOptions {
  readonly at?: Instant;
  readonly complete: boolean;
  readonly tolerance?: Micros;
  readonly decimalComma: boolean;
}

/** Compares another system's balances or partners' revenue with the ledger. */
export async function reconcile(file: string, options: ReconcileOptions, command: Command): Promise<void> {
  const books = await openBooks(gunzippedIfPacked(await openInput(file, '.csv or .ndjson')));
  if (books.kind === 'revenue' && options.at !== undefined) {
    command.error("--at is only for balances; partners' revenue is compared by whole months as of now.");
  }
  listIgnoredColumns(books);
  const progress = showProgress(books.kind === 'balances' ? 'users' : 'months');
  const { findings, summary } = await (
    books.kind === 'balances'
      ? compareBalances(books, options, progress)
      : compareRevenue(books, options, progress)
  ).finally(() => progress.stop());
  const others = findings === 0 ? '' : `; ${findings} findings`;
  console.log(`${summary}${others}.`);
  if (findings > 0) process.exitCode = 1;
}

interface Outcome {
  readonly findings: number;
  readonly summary: string;
}

async function compareBalances(
  books: Books,
  options: ReconcileOptions,
  progress: Progress,
): Promise<Outcome> {
  const { compared, differing, findings, at } = await withApplication((app) =>
    app.get(Reconciliation, { strict: false }).run(books, {
      ...requestOf(options, progress),
      at: options.at ?? null,
      onFinding: (finding) => console.log(balanceText(finding)),
    }),
  );
  const differ = `${differing} differ${withinTolerance(options)}`;
  return { findings, summary: `Compared the balances of ${compared} users at ${at}: ${differ}` };
}

async function compareRevenue(books: Books, options: ReconcileOptions, progress: Progress): Promise<Outcome> {
  const { compared, differing, findings, timeZone } = await withApplication((app) =>
    app.get(RevenueReconciliation, { strict: false }).run(books, {
      ...requestOf(options, progress),
      onFinding: (finding) => console.log(revenueText(finding)),
    }),
  );
  const differ = `${differing} differ${withinTolerance(options)}`;
  return { findings, summary: `Compared ${compared} months of partners in ${timeZone}: ${differ}` };
}

function requestOf(
  { complete, tolerance, decimalComma }: ReconcileOptions,
  progress: Progress,
): {
  isComplete: boolean;
  figures: { tolerance: Micros | null; hasDecimalComma: boolean };
  onProgress: Progress['update'];
} {
  return {
    isComplete: complete,
    figures: { tolerance: tolerance ?? null, hasDecimalComma: decimalComma },
    onProgress: (phase, done, total) => progress.update(phase, done, total),
  };
}

/** Lists ignored columns, so that a misspelt column does not look like an absent one. */
function listIgnoredColumns({ kind, columns }: Books): void {
  const known = kind === 'balances' ? BALANCE_COLUMNS : REVENUE_COLUMNS;
  const others = columns.filter((column) => !known.includes(column));
  if (others.length > 0) console.error(`Ignored columns: ${others.join(', ').slice(0, 1_000)}`);
}

function balanceText(finding: ReconciliationFinding): string {
  switch (finding.kind) {
    case 'difference': {
      const { userId, figure, recorded, expected } = finding;
      return `user ${userId}: ${figure} is ${recorded}, the file says ${expected}`;
    }
    case 'unknownUser':
      return `user ${finding.userId}: in the file, but not recorded here`;
    case 'missingUser': {
      const { userId, free, purchased, unpaid } = finding;
      return `user ${userId}: not in the file, but has free ${free}, purchased ${purchased}, unpaid ${unpaid}`;
    }
    case 'badLine':
      return `line ${finding.line}: ${finding.complaint}`;
  }
}

function revenueText(finding: RevenueFinding): string {
  switch (finding.kind) {
    case 'difference': {
      const { partnerId, month, recorded, expected } = finding;
      return `partner ${partnerId}, ${month}: gross is ${recorded}, the file says ${expected}`;
    }
    case 'unknownPartner': {
      const { partnerId, month, expected } = finding;
      return `partner ${partnerId}, ${month}: the file says ${expected}, but the partner is not recorded here`;
    }
    case 'missing':
      return `partner ${finding.partnerId}, ${finding.month}: not in the file, but gross is ${finding.recorded}`;
    case 'badLine':
      return `line ${finding.line}: ${finding.complaint}`;
  }
}

function withinTolerance({ tolerance }: ReconcileOptions): string {
  return tolerance === undefined ? '' : ` by more than ${formatDecimal(tolerance)}`;
}
