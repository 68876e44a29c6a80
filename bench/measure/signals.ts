import type { BenchDatabase } from '../bench-database.js';
import type { Figures } from '../goals.js';
import { bearer, startService } from '../service-process.js';
import { median, rounded } from '../statistics.js';
import { say } from '../terminal.js';
import type { Bench } from './bench.js';

const ROUNDS = 5;

interface SignalsAnswer {
  readonly counts: Readonly<Record<string, number>>;
}

/** signals.seconds: seconds until `GET /api/signals` has answered for the last whole month of the data set. */
export async function measureSignals({ large }: Bench): Promise<Figures> {
  const headers = await bearer('finance', 'finance');
  const { month, deployments } = await lastWholeMonth(large);
  const service = await startService(large.folder);
  const seconds: number[] = [];
  let counts: SignalsAnswer['counts'] = {};
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const began = performance.now();
      const response = await fetch(`${service.url}/api/signals?month=${month}`, { headers });
      if (!response.ok) throw new Error(`The signals were answered with ${response.status}.`);
      ({ counts } = (await response.json()) as SignalsAnswer);
      if (round > 0) seconds.push((performance.now() - began) / 1000);
      say(`signals: ${round === 0 ? 'warmed up' : `round ${round} of ${ROUNDS}`}`);
    }
  } finally {
    await service.stop();
  }
  const raw = { month, deployments, counts, all_s: seconds.map(rounded) };
  return { 'signals.seconds': { value: rounded(median(seconds)), raw } };
}

/** A month with a long history before it, which the signals compare it with. */
async function lastWholeMonth({ owner }: BenchDatabase): Promise<{ month: string; deployments: number }> {
  const { rows } = await owner.query<{ month: string; deployments: number }>(
    `SELECT to_char(deployed_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, count(*)::int AS deployments
     FROM deployment_revenue GROUP BY month ORDER BY month DESC OFFSET 1 LIMIT 1`,
  );
  const [month] = rows;
  if (month === undefined) throw new Error('The data set has less than two months.');
  return month;
}
