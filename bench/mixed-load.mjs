// Mixed load over HTTP on two processes with one database: no 5xx, every acknowledged write kept, `verify` clean.
// npm run build && npm run bench:mixed -- [--seconds 60] [--clients 32]
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { SignJWT } from 'jose';
import pg from 'pg';
import { joinEmbedded } from '../dist/src/platform/database/embedded/index.js';
import { machineFacts } from './machine.mjs';

const USERS = 200;
const MODULES = 20;
const DAY_MS = 86_400_000;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '32' },
    out: { type: 'string', default: join(import.meta.dirname, 'results', 'mixed-load.json') },
  },
});
const machine = machineFacts();
const folder = mkdtempSync(join(tmpdir(), 'bench-mixed-'));
const secret = randomUUID() + randomUUID();
const env = {
  ...process.env,
  DATA_DIR: folder,
  AUTH_JWT_SECRET: secret,
  PORT: '0',
  LOG_LEVEL: 'error',
  DATABASE_URL: '',
};
const bin = (name) => join(import.meta.dirname, '..', 'bin', name);
const signed = (sub, role) =>
  new SignJWT({ sub, roles: [role] })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('2h')
    .sign(new TextEncoder().encode(secret));
const tokens = { platform: await signed('backend', 'platform'), finance: await signed('fin', 'finance') };

async function startService() {
  const child = spawn(process.execPath, [bin('start.mjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += text;
    const url = /Serving at\s+(\S+)/.exec(said)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return { child, url };
  }
  throw new Error(`The service did not start: ${said}`);
}

async function send(url, path, role, body, headers = { 'content-type': 'application/json' }) {
  const response = await fetch(`${url}/api/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, authorization: `Bearer ${tokens[role]}` },
    body,
  });
  return { status: response.status, text: await response.text() };
}

const anyOf = (prefix, count) => `${prefix}${Math.floor(Math.random() * count)}`;
const anyTimeBefore = () => new Date(Date.now() - DAY_MS - Math.random() * 20 * DAY_MS).toISOString();
/** Deployments that were acknowledged and not yet given back. */
const refundable = [];
/** `type id` of every entry that was acknowledged. */
const acknowledged = new Set();

const post = (path, body, entry) => ({ path, role: 'platform', body: JSON.stringify(body), entry });

function charge() {
  const id = randomUUID();
  return post(
    'deployments',
    { id, userId: anyOf('u', USERS), moduleId: anyOf('m', MODULES) },
    `deployment ${id}`,
  );
}

function purchase() {
  const externalId = randomUUID();
  const body = { externalId, userId: anyOf('u', USERS), credits: '25', amount: '2.5' };
  return post('credits/purchases', body, `purchase ${externalId}`);
}

function refund() {
  const [deploymentId] = refundable.splice(Math.floor(Math.random() * refundable.length), 1);
  if (deploymentId === undefined) return purchase();
  const externalId = randomUUID();
  return post(`deployments/${deploymentId}/refunds`, { externalId }, `refund ${externalId}`);
}

/** A fact of the past weeks: its user's history is folded again. */
function late() {
  const id = randomUUID();
  const userId = anyOf('u', USERS);
  if (Math.random() < 0.5) {
    const body = { externalId: id, userId, credits: '3', occurredAt: anyTimeBefore() };
    return post('credits/awards', body, `award ${id}`);
  }
  const body = { id, userId, moduleId: anyOf('m', MODULES), createdAt: anyTimeBefore() };
  return post('deployments', body, `deployment ${id}`);
}

const report = () => ({ path: 'revenue?limit=50', role: 'finance' });

/** The kinds of requests, how often each comes, and which answers are right. */
const KINDS = [
  { kind: 'charge', share: 0.6, make: charge, right: [201, 402] },
  { kind: 'purchase', share: 0.12, make: purchase, right: [201] },
  { kind: 'refund', share: 0.1, make: refund, right: [201] },
  { kind: 'late', share: 0.1, make: late, right: [201] },
  { kind: 'report', share: 0.08, make: report, right: [200] },
].map((kind) => ({ ...kind, latencies_ms: [], statuses: {}, wrong: [] }));

function anyKind() {
  let left = Math.random();
  return KINDS.find(({ share }) => (left -= share) < 0) ?? KINDS[0];
}

async function one(url) {
  const kind = anyKind();
  const { path, role, body, entry } = kind.make();
  const start = performance.now();
  const { status, text } = await send(url, path, role, body);
  kind.latencies_ms.push(performance.now() - start);
  kind.statuses[status] = (kind.statuses[status] ?? 0) + 1;
  if (!kind.right.includes(status)) kind.wrong.push(`${status} ${text}`);
  if (status !== 201) return;
  acknowledged.add(entry);
  if (entry.startsWith('deployment ')) refundable.push(entry.slice('deployment '.length));
}

async function prepare(url) {
  const lines = [{ type: 'user', id: 'maker', roles: ['partner'] }];
  for (let n = 0; n < MODULES; n += 1) {
    lines.push({ type: 'module', id: `m${n}`, name: `Module ${n}`, partnerId: 'maker', creditCost: '1' });
  }
  const occurredAt = new Date(Date.now() - 30 * DAY_MS).toISOString();
  for (let n = 0; n < USERS; n += 1) {
    const award = { type: 'award', externalId: `a${n}`, userId: `u${n}`, credits: '2', occurredAt };
    lines.push({ type: 'user', id: `u${n}`, roles: ['user'] }, award);
  }
  const body = lines.map((line) => JSON.stringify(line)).join('\n');
  const { status, text } = await send(url, 'imports', 'platform', body, {
    'content-type': 'application/x-ndjson',
  });
  if (status !== 200) throw new Error(`The import failed: ${status} ${text}`);
}

/** What was acknowledged and is not there, read from the database itself. */
async function lostEntries() {
  const embedded = await joinEmbedded(folder, () => {});
  const owner = new pg.Client({ connectionString: embedded.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query('SELECT type, id FROM credit_entries');
  await owner.end();
  await embedded.leave();
  const stored = new Set(rows.map(({ type, id }) => `${type} ${id}`));
  return [...acknowledged].filter((entry) => !stored.has(entry));
}

const verify = () =>
  promisify(execFile)(process.execPath, [bin('cli.mjs'), 'verify'], { env }).then(
    ({ stdout }) => ({ isClean: true, said: stdout.trim() }),
    ({ stdout, stderr }) => ({ isClean: false, said: `${stderr}${stdout}`.trim() }),
  );

const percentile = (sorted, part) =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1));

const services = [await startService()];
try {
  services.push(await startService());
  await prepare(services[0].url);
  const start = performance.now();
  const end = start + Number(options.seconds) * 1000;
  const client = async (_, n) => {
    while (performance.now() < end) await one(services[n % services.length].url);
  };
  await Promise.all(Array.from({ length: Number(options.clients) }, client));
  const ran_s = Number(((performance.now() - start) / 1000).toFixed(1));
  const lost = await lostEntries();
  const { isClean, said } = await verify();
  const kinds = KINDS.map(({ kind, latencies_ms, statuses, wrong }) => {
    const sorted = latencies_ms.toSorted((left, right) => left - right);
    const answers = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
    return {
      kind,
      requests: sorted.length,
      answers: answers.join(', '),
      wrong: wrong.length,
      p50_ms: percentile(sorted, 0.5),
      p99_ms: percentile(sorted, 0.99),
    };
  });
  console.table(kinds);
  for (const { kind, wrong } of KINDS) for (const text of wrong.slice(0, 5)) console.log(`${kind}: ${text}`);
  console.log(
    `${acknowledged.size} writes acknowledged in ${ran_s} s, ${lost.length} of them lost.\n${said}`,
  );
  const measured = { machine, options: { ...options, out: undefined }, ran_s, kinds };
  const found = { acknowledged: acknowledged.size, lost: lost.length, verifyIsClean: isClean };
  writeFileSync(options.out, `${JSON.stringify({ ...measured, ...found }, null, 2)}\n`);
  if (lost.length > 0 || !isClean || kinds.some(({ wrong }) => wrong > 0)) process.exitCode = 1;
} finally {
  for (const { child } of services) {
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}
