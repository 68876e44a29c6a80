// Charges per second through the service's own code without HTTP, as a ratio to the least that any charge could cost.
// npm run build && npm run bench:charge -- [--seconds 2] [--rounds 5] [--clients 16,64]
import { randomUUID, createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { AppModule } from '../dist/src/app.module.js';
import { DeploymentsController } from '../dist/src/credits/deployments/deployments.controller.js';
import { ImportService } from '../dist/src/credits/index.js';
import { loadConfig } from '../dist/src/platform/config/index.js';
import { joinEmbedded } from '../dist/src/platform/database/embedded/index.js';
import { openRuntime } from '../dist/src/platform/runtime/index.js';
import { RevenueService, isClean } from '../dist/src/revenue/index.js';
import { machineFacts } from './machine.mjs';
import { processorTime_ms } from './processor-time.mjs';

const USERS = 400;
const MODULES = 50;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    clients: { type: 'string', default: '16,64' },
    out: { type: 'string', default: join(import.meta.dirname, 'results', 'charge.json') },
  },
});
const machine = machineFacts();
const folder = mkdtempSync(join(tmpdir(), 'bench-charge-'));
const quiet = { notify: () => {} };
const runtime = await openRuntime(loadConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }), quiet);
const app = await NestFactory.createApplicationContext(AppModule.forRuntime(runtime), { logger: false });
const pool = app.get(DataSource).driver.master;
const deployments = app.get(DeploymentsController, { strict: false });
const platform = { id: 'backend', roles: new Set(['platform']), partnerId: null };
const response = { status: () => response, set: () => response };
const anyOf = (prefix, count) => `${prefix}${Math.floor(Math.random() * count)}`;

/** As the route does it, with an `Idempotency-Key`: entry, pieces, lots, report row, totals, audit, kept answer. */
function charge(moduleId) {
  const body = { id: randomUUID(), userId: anyOf('u', USERS), moduleId };
  const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest();
  return deployments.create(body, platform, {
    caller: platform,
    action: 'deployments.create',
    targetType: 'deployment',
    requestId: body.id,
    idempotencyKey: { callerId: platform.id, key: body.id, fingerprint },
    response,
  });
}

/** The least that a charge could be, on the same connections: one row more, one row changed, one commit. */
async function bare() {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query({
      name: 'bare_insert',
      text: 'INSERT INTO bare_entries VALUES ($1, $2, $3)',
      values: [randomUUID(), 'u1', '1'],
    });
    await client.query({
      name: 'bare_update',
      text: 'UPDATE bare_accounts SET credits = credits - 1 WHERE user_id = $1',
      values: [anyOf('u', USERS)],
    });
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

async function prepare() {
  const lines = [{ type: 'user', id: 'maker', roles: ['partner'] }];
  for (let n = 0; n < MODULES; n += 1) {
    lines.push({ type: 'module', id: `m${n}`, name: `Module ${n}`, partnerId: 'maker', creditCost: '1' });
  }
  const occurredAt = '2026-01-01T00:00:00Z';
  for (let n = 0; n < USERS; n += 1) {
    const userId = `u${n}`;
    lines.push(
      { type: 'user', id: userId, roles: ['user'] },
      { type: 'award', externalId: `a${n}`, userId, credits: '20', occurredAt },
      { type: 'purchase', externalId: `p${n}`, userId, credits: '1000000', amount: '100000', occurredAt },
    );
  }
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const rules = { atomic: false, update: false, importer: null };
  await app.get(ImportService).import(Readable.from([Buffer.from(text)]), rules);
  const embedded = await joinEmbedded(folder, quiet.notify);
  const owner = new pg.Client({ connectionString: embedded.ownerUrl });
  await owner.connect();
  await owner.query(`
    CREATE TABLE bare_entries (id text PRIMARY KEY, user_id text NOT NULL, credits numeric(18,6) NOT NULL);
    CREATE TABLE bare_accounts (user_id text PRIMARY KEY, credits numeric(30,6) NOT NULL);
    INSERT INTO bare_accounts SELECT 'u' || n, 0 FROM generate_series(0, ${USERS - 1}) AS n;
    GRANT INSERT ON bare_entries TO pmr_service;
    GRANT SELECT, UPDATE ON bare_accounts TO pmr_service;`);
  await owner.end();
  return embedded;
}

/** How often the work was done in a second, and what processor time one took, by so many clients that each wait for their answer. */
async function measure(clients, work, seconds) {
  const start = performance.now();
  const end = start + seconds * 1000;
  const before = processorTime_ms(folder);
  let done = 0;
  const client = async () => {
    while (performance.now() < end) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const after = processorTime_ms(folder);
  const used = (who) => (after[who] - before[who]) / done;
  return {
    per_s: (done * 1000) / (performance.now() - start),
    node_ms: used('node'),
    postgres_ms: used('postgres'),
  };
}

async function statementsPerCharge() {
  const { query } = pg.Client.prototype;
  let statements = 0;
  pg.Client.prototype.query = function counted(...parameters) {
    statements += 1;
    return query.apply(this, parameters);
  };
  await charge('m0');
  pg.Client.prototype.query = query;
  return statements;
}

const median = (values) => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];

const seconds = Number(options.seconds);
const works = {
  bare,
  uniform: () => charge(anyOf('m', MODULES)),
  hot: () => charge('m0'),
};
const embedded = await prepare();
try {
  for (const work of Object.values(works)) await measure(32, work, 2);
  const results = [];
  for (const clients of options.clients.split(',').map(Number)) {
    const rounds = [];
    for (let round = 0; round < Number(options.rounds); round += 1) {
      const rates = {};
      // Turned by one each round, so that none always comes after the same other.
      const order = Object.keys(works).map((_, n, names) => names[(n + round) % names.length]);
      for (const name of order) rates[name] = await measure(clients, works[name], seconds);
      const { bare: least, uniform, hot } = rates;
      rounds.push({
        bare_per_s: least.per_s,
        uniform_per_s: uniform.per_s,
        hot_per_s: hot.per_s,
        ratio: uniform.per_s / least.per_s,
        hot_vs_uniform: hot.per_s / uniform.per_s,
        bare_node_ms: least.node_ms,
        bare_postgres_ms: least.postgres_ms,
        charge_node_ms: uniform.node_ms,
        charge_postgres_ms: uniform.postgres_ms,
      });
    }
    const names = Object.keys(rounds[0]);
    const middle = (name) => Number(median(rounds.map((round) => round[name])).toPrecision(3));
    results.push({ clients, ...Object.fromEntries(names.map((name) => [name, middle(name)])) });
  }
  console.table(results);
  const statements_per_charge = await statementsPerCharge();
  const clean = isClean(await app.get(RevenueService, { strict: false }).verify());
  console.log(
    `${statements_per_charge} statements per charge; verify ${clean ? 'clean' : 'FOUND DIFFERENCES'}`,
  );
  const measured = {
    machine,
    options: { ...options, out: undefined },
    statements_per_charge,
    clean,
    results,
  };
  writeFileSync(options.out, `${JSON.stringify(measured, null, 2)}\n`);
  if (!clean) process.exitCode = 1;
} finally {
  await app.close();
  await embedded.leave();
  await runtime.close();
  rmSync(folder, { recursive: true, force: true });
}
