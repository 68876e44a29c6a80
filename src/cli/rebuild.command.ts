import { RevenueService } from '../revenue/index.js';
import { withApplication } from './command-line.js';
import { showProgress } from './progress.js';

/** Computes all projections from the ledger again. */
export async function rebuild({ workers }: { readonly workers?: number }): Promise<void> {
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
}
