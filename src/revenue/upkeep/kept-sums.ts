import type { Snapshot } from '../../platform/database/index.js';
import { ROLLUPS_ASTRAY } from '../rollup/rollup-rows.js';

interface Astray {
  readonly scope: string;
  readonly scopeId: string;
  readonly level: string;
  readonly generating: boolean;
  readonly startsAt: string;
  readonly deployments: string;
  readonly grossRevenue: string;
}

/** Rows in memory at a time, however many differ. */
const ROWS_PER_BATCH = 1_000;

/** A sentence for each rollup that differs from the sums of the rows; PostgreSQL computes both. */
export async function* keptSumsViolations({ client }: Snapshot): AsyncGenerator<string> {
  await client.query(`DECLARE sums_astray NO SCROLL CURSOR FOR ${ROLLUPS_ASTRAY}`);
  for (;;) {
    const { rows } = await client.query<Astray>(`FETCH ${ROWS_PER_BATCH} FROM sums_astray`);
    yield* rows.map(
      ({ scope, scopeId, level, generating, startsAt, deployments, grossRevenue }) =>
        `rollup of ${scope} ${scopeId === '' ? '(the platform)' : scopeId}, ${level} from ${startsAt}, ${generating ? 'with' : 'without'} revenue: the rows have ${deployments} deployments and ${grossRevenue} gross revenue more than the rollup`,
    );
    if (rows.length < ROWS_PER_BATCH) break;
  }
  await client.query('CLOSE sums_astray');
}
