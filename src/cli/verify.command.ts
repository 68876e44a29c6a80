import { formatDecimal } from '../domain/index.js';
import { isClean, RevenueService, type Difference, type Verification } from '../revenue/index.js';
import { StatementsVerify, type StatementsVerification } from '../statements/index.js';
import { withApplication } from './command-line.js';
import { showProgress } from './progress.js';

/** Computes all figures from the ledger and compares them with the stored ones. */
export async function verify({ head }: { readonly head?: string } = {}): Promise<void> {
  const progress = showProgress('users');
  const { figures, months } = await withApplication(async (app) => ({
    figures: await app
      .get(RevenueService, { strict: false })
      .verify((done, all) => progress.update('verifying', done, all)),
    months: await app.get(StatementsVerify, { strict: false }).run(head),
  })).finally(() => progress.stop());
  print(figures);
  printMonths(months);
  if (!isClean(figures) || months.violationCount > 0) process.exitCode = 1;
}

function printMonths({
  closings,
  statements,
  head,
  violations,
  violationCount,
}: StatementsVerification): void {
  list(violations, violationCount, 'violations');
  if (closings === 0 && violationCount === 0) return;
  console.log(
    violationCount === 0
      ? `Verified ${closings} closed months with ${statements} statements: lines, sums, digests and chain. Head ${head}`
      : `Closed months: ${violationCount} violations. Closed months never change; restore a backup, or compare with the digests that you keep.`,
  );
}

function print(found: Verification): void {
  list(found.differences.map(differenceText), found.differenceCount, 'differences');
  list(found.violations, found.violationCount, 'violations');
  list(
    found.warnings.map((warning) => `warning: ${warning}`),
    found.warningCount,
    'warnings',
  );
  const { users, entries, deployments, money } = found;
  console.log(`Verified ${users} users with ${entries} entries, ${deployments} of them deployments.`);
  console.log(
    `Money: paid in ${formatDecimal(money.paidIn)} = gross revenue ${formatDecimal(money.grossRevenue)} + other spends ${formatDecimal(money.otherSpends)} + left ${formatDecimal(money.left)} + lapsed ${formatDecimal(money.lapsed)} + refunded ${formatDecimal(money.refunded)}`,
  );
  console.log(
    isClean(found)
      ? `All stored figures match the ledger, and all invariants hold; ${found.warningCount} warnings.`
      : `${found.differenceCount} differences, ${found.violationCount} violated invariants, ${found.warningCount} warnings. If the ledger is intact, rebuild repairs the stored figures.`,
  );
}

function list(sentences: readonly string[], count: number, what: string): void {
  for (const sentence of sentences) console.error(sentence);
  if (count > sentences.length) console.error(`... and ${count - sentences.length} more ${what}`);
}

function differenceText({ table, key, column, stored, expected }: Difference): string {
  const row = `${table} (${key})`;
  if (column !== null)
    return `${row}: ${column} is ${stored ?? 'null'}, ${expected ?? 'null'} according to the ledger`;
  return stored === null
    ? `${row}: missing; the ledger requires it`
    : `${row}: stored, but not in the ledger's result`;
}
