import { InvalidArgumentError, type Command } from 'commander';
import {
  gunzippedIfPacked,
  Reconciliation,
  type ReconciliationFinding,
  type ReconciliationReport,
} from '../credits/index.js';
import { formatDecimal, parseInstant, type Instant } from '../domain/index.js';
import { withApplication } from './command-line.js';
import { openInput } from './input-file.js';
import { showProgress } from './progress.js';

/** `reconcile FILE`: another system's balances beside those that the ledger gives. */
export function registerReconcileCommand(program: Command): void {
  program
    .command('reconcile')
    .description('compare balances of another system with the ledger; exit code 1 on a difference')
    .argument(
      '<file>',
      'userId, free, purchased (and unpaid) of one user a line: .csv with a first line that names the columns, or .ndjson; .gz of either; - for standard input',
    )
    .option('--at <instant>', 'compare what they had then; default: now', instant)
    .option('--complete', 'the file names everybody: report others who have or owe credits', false)
    .action(async (file: string, options: { at?: Instant; complete: boolean }) => {
      const source = await openInput(file, '.csv or .ndjson');
      const progress = showProgress('users');
      const report = await withApplication((app) =>
        app.get(Reconciliation, { strict: false }).run(gunzippedIfPacked(source), {
          at: options.at ?? null,
          isComplete: options.complete,
          onFinding: (finding) => console.log(findingText(finding)),
          onProgress: (phase, done, total) => progress.update(phase, done, total),
        }),
      ).finally(() => progress.stop());
      console.log(summary(report));
      if (report.findings > 0) process.exitCode = 1;
    });
}

function findingText(finding: ReconciliationFinding): string {
  switch (finding.kind) {
    case 'difference': {
      const { userId, figure, recorded, expected } = finding;
      return `user ${userId}: ${figure} is ${formatDecimal(recorded)}, the file says ${formatDecimal(expected)}`;
    }
    case 'unknownUser':
      return `user ${finding.userId}: in the file, but not recorded here`;
    case 'missingUser': {
      const { freeCredits, purchasedCredits, unpaidCredits } = finding.balance;
      return `user ${finding.userId}: not in the file, but has free ${formatDecimal(freeCredits)}, purchased ${formatDecimal(purchasedCredits)}, unpaid ${formatDecimal(unpaidCredits)}`;
    }
    case 'badLine':
      return `line ${finding.line}: ${finding.complaint}`;
  }
}

function summary({ compared, differing, findings, at }: ReconciliationReport): string {
  const others = findings === 0 ? '' : `; ${findings} findings`;
  return `Compared the balances of ${compared} users at ${at}: ${differing} differ${others}.`;
}

function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === null) throw new InvalidArgumentError('Give an instant like 2026-05-01T09:30:00Z.');
  return parsed;
}
