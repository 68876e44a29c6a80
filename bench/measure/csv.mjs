import { Client } from 'undici';
import { keepExplain } from '../explain.mjs';
import { forgetPeak, peak_mb, resident_mb } from '../memory.mjs';
import { bareCopyOut } from '../opponents/bare-copy-out.mjs';
import { json2csvExport, ROWS } from '../opponents/json2csv-export.mjs';
import { bearer, startService } from '../service-process.mjs';
import { ShippedStatements } from '../shipped-statements.mjs';
import { median, rounded, timed_ms } from '../statistics.mjs';
import { say } from '../terminal.mjs';

const ROWS_MAX = 1_000_000;
const ROUNDS = 5;
const IDLE_MS = 3_000;

/** csv.*: finance's export of the latest million rows (or as many as there are) against COPY alone and json2csv. */
export async function measureCsv(bench) {
  const { owner, folder } = bench.large;
  const from = await startOfLatest(owner);
  const headers = await bearer('finance', 'finance');
  const path = `/api/revenue?format=csv&includeFree=true&startDate=${encodeURIComponent(from)}`;
  const copy = await shippedCopy(folder, path, headers);
  await keepExplain(owner, bench, 'bare-copy-out', [{ text: innerQuery(copy) }]);
  const service = await startService(folder);
  const http = new Client(service.url, { bodyTimeout: 0, headersTimeout: 0 });
  const bytes = {};
  try {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const idle_mb = resident_mb(service.pid);
    forgetPeak(service.pid);
    const works = {
      ours: async () => (bytes.ours = await download(http, path, headers)),
      copy: async () => (bytes.copy = await bareCopyOut(owner, copy)),
    };
    const times = await measureByTurns(works);
    const rise_mb = peak_mb(service.pid) - idle_mb;
    say('csv: json2csv');
    const json2csv_ms = await timed_ms(() => json2csvExport(owner, from));
    await keepExplain(owner, bench, 'json2csv-export', [{ text: ROWS, values: [from] }]);
    return figuresOf({ times, bytes, idle_mb, rise_mb, json2csv_ms });
  } finally {
    await http.close();
    await service.stop();
  }
}

/** The instant from which on there are a million deployments. */
async function startOfLatest(owner) {
  const { rows } = await owner.query(`
    SELECT min(deployed_at) AS at
      FROM (SELECT deployed_at FROM deployment_revenue ORDER BY deployed_at DESC LIMIT ${ROWS_MAX}) AS latest`);
  return rows[0].at.toISOString();
}

async function shippedCopy(folder, path, headers) {
  const shipped = await ShippedStatements.open(folder);
  const copy = await shipped.copyOf(path, headers);
  await shipped.close();
  if (copy === null) throw new Error('The export runs no COPY, so there is none to compare it with.');
  return copy;
}

/** What stands between the parentheses of COPY (...) TO STDOUT. */
const innerQuery = (copy) =>
  copy.slice(copy.indexOf('(') + 1, copy.lastIndexOf(')', copy.search(/\)\s*TO\s+STDOUT/i)));

async function download(http, path, headers) {
  const { statusCode, body } = await http.request({ method: 'GET', path, headers });
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.length;
  if (statusCode !== 200) throw new Error(`The export was answered with ${statusCode}.`);
  return bytes;
}

async function measureByTurns(works) {
  const times = { ours: [], copy: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    say(round === 0 ? 'csv: warming up' : `csv: round ${round} of ${ROUNDS}`);
    for (const [name, work] of Object.entries(works)) {
      const time = await timed_ms(work);
      if (round > 0) times[name].push(time);
    }
  }
  return times;
}

function figuresOf({ times, bytes, idle_mb, rise_mb, json2csv_ms }) {
  const ours_s = median(times.ours) / 1000;
  const copy_s = median(times.copy) / 1000;
  const seconds = { ours_s: rounded(ours_s), copy_s: rounded(copy_s) };
  return {
    'csv.vs_copy': {
      value: rounded(median(times.ours.map((time, round) => time / times.copy[round]))),
      raw: { ...seconds, bytes: bytes.ours, bytes_of_copy: bytes.copy },
    },
    'csv.rss_mb': { value: rounded(Math.max(rise_mb, 0)), raw: { idle_mb: rounded(idle_mb) } },
    'csv.vs_json2csv': {
      value: rounded(json2csv_ms / 1000 / ours_s),
      raw: { json2csv_s: rounded(json2csv_ms / 1000), ours_s: rounded(ours_s) },
    },
  };
}
