import { setTimeout as sleep } from 'node:timers/promises';
import type { Client as Connection } from 'pg';
import { Client } from 'undici';
import type { Figure, Figures } from '../goals.js';
import { bareCopyOut } from '../opponents/bare-copy-out.js';
import { json2csvExport, ROWS } from '../opponents/json2csv-export.js';
import { bearer, startService, type Headers } from '../service-process.js';
import { ShippedStatements } from '../shipped-statements.js';
import { median, rounded, timed_ms } from '../statistics.js';
import { say } from '../terminal.js';
import type { Bench } from './bench.js';
import { keepExplain } from './explain.js';
import { forgetPeak, peak_mb, resident_mb } from './memory.js';

const ROWS_MAX = 1_000_000;
const ROUNDS = 5;
const IDLE_MS = 3_000;

/** What an export took, ours and COPY alone. */
interface Round {
  readonly ours_ms: number;
  readonly copy_ms: number;
}

/** csv.*: finance's export of the latest million rows (or as many as there are) against COPY alone and json2csv. */
export async function measureCsv(bench: Bench): Promise<Figures> {
  const { owner, folder } = bench.large;
  const from = await startOfLatest(owner);
  const headers = await bearer('finance', 'finance');
  const path = `/api/revenue?format=csv&includeFree=true&startDate=${encodeURIComponent(from)}`;
  const copy = await shippedCopy(folder, path, headers);
  await keepExplain(owner, bench, 'bare-copy-out', [{ text: innerQuery(copy) }]);
  const service = await startService(folder);
  const http = new Client(service.url, { bodyTimeout: 0, headersTimeout: 0 });
  const bytes = { ours: 0, copy: 0 };
  try {
    await sleep(IDLE_MS);
    const idle_mb = resident_mb(service.pid);
    forgetPeak(service.pid);
    const rounds = await measureByTurns({
      ours: async () => void (bytes.ours = await download(http, path, headers)),
      copy: async () => void (bytes.copy = await bareCopyOut(owner, copy)),
    });
    const rise_mb = peak_mb(service.pid) - idle_mb;
    say('csv: json2csv');
    const json2csv_ms = await timed_ms(() => json2csvExport(owner, from));
    await keepExplain(owner, bench, 'json2csv-export', [{ text: ROWS, values: [from] }]);
    return { ...figuresOf(rounds, bytes, json2csv_ms), 'csv.rss_mb': memoryFigure(rise_mb, idle_mb) };
  } finally {
    await http.close();
    await service.stop();
  }
}

/** The instant from which on there are a million deployments. */
async function startOfLatest(owner: Connection): Promise<string> {
  const { rows } = await owner.query<{ at: Date | null }>(`
    SELECT min(deployed_at) AS at
      FROM (SELECT deployed_at FROM deployment_revenue ORDER BY deployed_at DESC LIMIT ${ROWS_MAX}) AS latest`);
  const at = rows[0]?.at;
  if (!at) throw new Error('The data set has no deployments.');
  return at.toISOString();
}

async function shippedCopy(folder: string, path: string, headers: Headers): Promise<string> {
  const shipped = await ShippedStatements.open(folder);
  const copy = await shipped.copyOf(path, headers);
  await shipped.close();
  if (copy === null) throw new Error('The export runs no COPY, so there is none to compare it with.');
  return copy;
}

/** What stands between the parentheses of COPY (...) TO STDOUT. */
const innerQuery = (copy: string): string =>
  copy.slice(copy.indexOf('(') + 1, copy.lastIndexOf(')', copy.search(/\)\s*TO\s+STDOUT/i)));

async function download(http: Client, path: string, headers: Headers): Promise<number> {
  const { statusCode, body } = await http.request({ method: 'GET', path, headers });
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) bytes += chunk.length;
  if (statusCode !== 200) throw new Error(`The export was answered with ${statusCode}.`);
  return bytes;
}

async function measureByTurns(works: Record<'ours' | 'copy', () => Promise<void>>): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    say(round === 0 ? 'csv: warming up' : `csv: round ${round} of ${ROUNDS}`);
    const times = { ours_ms: await timed_ms(works.ours), copy_ms: await timed_ms(works.copy) };
    if (round > 0) rounds.push(times);
  }
  return rounds;
}

function figuresOf(
  rounds: readonly Round[],
  bytes: { readonly ours: number; readonly copy: number },
  json2csv_ms: number,
): Figures {
  const ours_s = median(rounds.map(({ ours_ms }) => ours_ms)) / 1000;
  const copy_s = median(rounds.map(({ copy_ms }) => copy_ms)) / 1000;
  const seconds = { ours_s: rounded(ours_s), copy_s: rounded(copy_s) };
  return {
    'csv.vs_copy': {
      value: rounded(median(rounds.map(({ ours_ms, copy_ms }) => ours_ms / copy_ms))),
      raw: { ...seconds, bytes: bytes.ours, bytes_of_copy: bytes.copy },
    },
    'csv.vs_json2csv': {
      value: rounded(json2csv_ms / 1000 / ours_s),
      raw: { json2csv_s: rounded(json2csv_ms / 1000), ours_s: rounded(ours_s) },
    },
  };
}

const memoryFigure = (rise_mb: number, idle_mb: number): Figure => ({
  value: rounded(Math.max(rise_mb, 0)),
  raw: { idle_mb: rounded(idle_mb) },
});
