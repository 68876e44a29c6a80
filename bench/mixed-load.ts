// Mixed load over HTTP on two processes with one database: no 5xx, every acknowledged write kept, `verify` clean.
// npm run build && npm run bench:mixed -- [--seconds 60] [--clients 32]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { joinEmbedded } from '../src/platform/database/embedded/index.js';
import { RESULTS } from './folders.js';
import { machineFacts } from './machine.js';
import { DAY_MS, MixedRequests, MODULES, USERS, type MixedRequest } from './mixed-requests.js';
import { linesOfPeople } from './people.js';
import { writeJson } from './results.js';
import { bearer, runCli, startService, stopAll } from './service-process.js';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '32' },
    out: { type: 'string', default: join(RESULTS, 'mixed-load.json') },
  },
});

/** What one kind of requests met. */
class Answers {
  readonly latencies_ms: number[] = [];
  readonly wrong: string[] = [];
  private readonly statuses = new Map<number, number>();

  add(status: number, latency_ms: number): void {
    this.latencies_ms.push(latency_ms);
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  summary(): Record<string, string | number> {
    const sorted = this.latencies_ms.toSorted((left, right) => left - right);
    const statuses = [...this.statuses].sort(([left], [right]) => left - right);
    return {
      requests: sorted.length,
      answers: statuses.map(([status, count]) => `${status}: ${count}`).join(', '),
      wrong: this.wrong.length,
      p50_ms: percentile(sorted, 0.5),
      p99_ms: percentile(sorted, 0.99),
    };
  }
}

const machine = machineFacts();
const folder = mkdtempSync(join(tmpdir(), 'bench-mixed-'));
const headers = {
  platform: await bearer('backend', 'platform'),
  finance: await bearer('fin', 'finance'),
};
const requests = new MixedRequests();
const answers = new Map(requests.kinds.map(({ kind }) => [kind, new Answers()]));
try {
  const urls = [(await startService(folder)).url, (await startService(folder)).url];
  await importPeople(urls[0]);
  const ran_s = await load(urls);
  const lost = await lostEntries();
  const { isClean, said } = await verify();
  const kinds = [...answers].map(([kind, met]) => ({ kind, ...met.summary() }));
  console.table(kinds);
  for (const [kind, { wrong }] of answers)
    for (const text of wrong.slice(0, 5)) console.log(`${kind}: ${text}`);
  const acknowledged = requests.acknowledged.size;
  console.log(`${acknowledged} writes acknowledged in ${ran_s} s, ${lost.length} of them lost.\n${said}`);
  const measured = { machine, options: { ...options, out: undefined }, ran_s, kinds };
  writeJson(options.out, { ...measured, acknowledged, lost: lost.length, verifyIsClean: isClean });
  const isWrong = [...answers.values()].some(({ wrong }) => wrong.length > 0);
  if (lost.length > 0 || !isClean || isWrong) process.exitCode = 1;
} finally {
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
}

async function importPeople(url: string | undefined): Promise<void> {
  const occurredAt = new Date(Date.now() - 30 * DAY_MS).toISOString();
  const body = linesOfPeople({
    users: USERS,
    modules: MODULES,
    creditsOf: (userId, n) => [{ type: 'award', externalId: `a${n}`, userId, credits: '2', occurredAt }],
  });
  const request = { path: 'imports', role: 'platform', body } as const;
  const { status, text } = await send(url, request, 'application/x-ndjson');
  if (status !== 200) throw new Error(`The import failed: ${status} ${text}`);
}

/** Sends requests for so long; gives the seconds that it took. */
async function load(urls: readonly string[]): Promise<number> {
  const start = performance.now();
  const end = start + Number(options.seconds) * 1000;
  const client = async (_: unknown, n: number): Promise<void> => {
    while (performance.now() < end) await sendOne(urls[n % urls.length]);
  };
  await Promise.all(Array.from({ length: Number(options.clients) }, client));
  return Number(((performance.now() - start) / 1000).toFixed(1));
}

async function sendOne(url: string | undefined): Promise<void> {
  const { kind, right, make } = requests.anyKind();
  const request = make();
  const start = performance.now();
  const { status, text } = await send(url, request);
  const met = answers.get(kind);
  met?.add(status, performance.now() - start);
  if (!right.includes(status)) met?.wrong.push(`${status} ${text}`);
  if (status === 201 && request.entry !== undefined) requests.acknowledge(request.entry);
}

async function send(
  url: string | undefined,
  { path, role, body }: MixedRequest,
  contentType = 'application/json',
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${url}/api/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': contentType, ...headers[role] },
    body: body ?? null,
  });
  return { status: response.status, text: await response.text() };
}

/** What was acknowledged and is not there, read from the database itself. */
async function lostEntries(): Promise<string[]> {
  const embedded = await joinEmbedded(folder, () => {});
  const owner = new Client({ connectionString: embedded.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ entry: string }>(
    `SELECT type || ' ' || id AS entry FROM credit_entries`,
  );
  await owner.end();
  await embedded.leave();
  const stored = new Set(rows.map(({ entry }) => entry));
  return [...requests.acknowledged].filter((entry) => !stored.has(entry));
}

async function verify(): Promise<{ readonly isClean: boolean; readonly said: string }> {
  try {
    const { said } = await runCli(folder, ['verify']);
    return { isClean: true, said: said.trim() };
  } catch (error) {
    return { isClean: false, said: error instanceof Error ? error.message : String(error) };
  }
}

function percentile(sorted: readonly number[], part: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return Number(value.toFixed(1));
}
