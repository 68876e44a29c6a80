import { InvalidArgumentError, type Command } from 'commander';
import { RevenueService } from '../revenue/index.js';
import { withApplication } from './command-line.js';
import { showProgress } from './progress.js';

/** `rebuild`: everything that is computed from the ledger, anew. */
export function registerRebuildCommand(program: Command): void {
  program
    .command('rebuild')
    .description(
      'recompute lots, allocations, debts, balances and revenue from the ledger; the service may run on',
    )
    .option(
      '--workers <count>',
      'how many processors to fold on; default: half of the machine’s',
      workerCount,
    )
    .action(async ({ workers }: { workers?: number }) => {
      const progress = showProgress('entries');
      const began = performance.now();
      const { users, entries, deployments } = await withApplication((app) =>
        app
          .get(RevenueService, { strict: false })
          .rebuild({ workers, onProgress: (phase, done, all) => progress.update(phase, done, all) }),
      ).finally(() => progress.stop());
      const seconds = (performance.now() - began) / 1_000;
      const rate = Math.round(entries / Math.max(seconds, 0.001));
      console.log(
        `Rebuilt ${users} users with ${entries} entries, ${deployments} of them deployments, in ${seconds.toFixed(1)} s: ${rate} entries per second.`,
      );
    });
}

function workerCount(text: string): number {
  const count = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new InvalidArgumentError('Give a number from 1 to 99.');
  return count;
}
