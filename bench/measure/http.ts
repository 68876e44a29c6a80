import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Pool } from 'undici';
import type { Figures } from '../goals.js';
import { bearer, startService, type Headers } from '../service-process.js';
import { ShippedStatements } from '../shipped-statements.js';
import { median, rounded } from '../statistics.js';
import { say } from '../terminal.js';
import type { Bench } from './bench.js';
import { PAGE } from './views.js';

const CLIENTS = 16;
/** Node compiles what it runs often, of a framework later than of a few lines; both are measured when that is done. */
const WARM_UP_ROUNDS = 5;
const ROUNDS = 5;
const ROUND_MS = 3_000;

/** http.rps_16: pages a second that one process answers 16 clients, to those of bare Node with the same statements. */
export async function measureHttp({ large }: Bench): Promise<Figures> {
  const headers = await bearer('finance', 'finance');
  const shipped = await ShippedStatements.open(large.folder);
  const { report } = await shipped.of(PAGE, headers);
  await shipped.close();
  const service = await startService(large.folder);
  const bare = fork(join(import.meta.dirname, '..', 'opponents', 'bare-server.js'));
  bare.send({ url: large.serviceUrl, statements: report });
  const [port] = (await once(bare, 'message')) as [number];
  const pools = {
    ours: new Pool(service.url, { connections: CLIENTS }),
    bare: new Pool(`http://127.0.0.1:${port}`, { connections: CLIENTS }),
  };
  const rounds: { ours: number; bare: number }[] = [];
  try {
    for (let round = 1 - WARM_UP_ROUNDS; round <= ROUNDS; round += 1) {
      say(round <= 0 ? 'http: warming up' : `http: round ${round} of ${ROUNDS}`);
      const rates = { ours: 0, bare: 0 };
      const names = round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
      for (const name of names) rates[name] = await pagesPerSecond(pools[name], headers);
      if (round > 0) rounds.push(rates);
    }
  } finally {
    await Promise.all(Object.values(pools).map((pool) => pool.close()));
    bare.kill();
    await service.stop();
  }
  const raw = {
    ours_per_s: rounded(median(rounds.map(({ ours }) => ours))),
    bare_per_s: rounded(median(rounds.map((rates) => rates.bare))),
  };
  return { 'http.rps_16': { value: rounded(median(rounds.map((rates) => rates.ours / rates.bare))), raw } };
}

async function pagesPerSecond(pool: Pool, headers: Headers): Promise<number> {
  const began = performance.now();
  let pages = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < began + ROUND_MS) {
      const { statusCode, body } = await pool.request({ method: 'GET', path: PAGE, headers });
      await body.dump({ limit: Number.MAX_SAFE_INTEGER });
      if (statusCode !== 200) throw new Error(`A page was answered with ${statusCode}.`);
      pages += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (pages * 1000) / (performance.now() - began);
}
