// Charges through the service's own code without HTTP, beside the least that any charge could be: for bench:charge, and for
// every bench that wants these figures.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { AppModule } from '../dist/src/app.module.js';
import { DeploymentsController } from '../dist/src/credits/http/deployments.controller.js';
import { ImportService } from '../dist/src/credits/index.js';
import { loadConfig } from '../dist/src/platform/config/index.js';
import { joinEmbedded } from '../dist/src/platform/database/embedded/index.js';
import { openRuntime } from '../dist/src/platform/runtime/index.js';
import { isClean, RevenueService } from '../dist/src/revenue/index.js';
import { processorTime_ms } from './processor-time.mjs';
import { median, rounded } from './statistics.mjs';

const USERS = 400;
const MODULES = 50;
const WARM_UP = { clients: 32, seconds: 2 };
const PLATFORM = { id: 'backend', roles: new Set(['platform']), partnerId: null };

const anyOf = (prefix, count) => `${prefix}${Math.floor(Math.random() * count)}`;
const quiet = { notify: () => {} };

/** The service, without its HTTP door, on an embedded database with people who can be charged. */
export class ChargingService {
  /** @param folder of the database: a new one, or one of a data set, which gets these people beside its own */
  static async open(folder) {
    mkdirSync(folder, { recursive: true });
    const runtime = await openRuntime(loadConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }), quiet);
    const app = await NestFactory.createApplicationContext(AppModule.forRuntime(runtime), { logger: false });
    const embedded = await joinEmbedded(folder, quiet.notify);
    await importPeople(app);
    await makeBareTables(embedded.ownerUrl);
    return new ChargingService(folder, runtime, app, embedded);
  }

  constructor(folder, runtime, app, embedded) {
    this.folder = folder;
    this.runtime = runtime;
    this.app = app;
    this.embedded = embedded;
    this.pool = app.get(DataSource).driver.master;
    this.deployments = app.get(DeploymentsController, { strict: false });
  }

  /** As the route does it, with an `Idempotency-Key` and without an id: entry, pieces, lots, report row, totals, audit, kept answer. */
  charge(moduleId = anyOf('m', MODULES)) {
    const body = { userId: anyOf('u', USERS), moduleId };
    const key = randomUUID();
    const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest();
    const response = { status: () => response, set: () => response };
    return this.deployments.create(body, PLATFORM, {
      caller: PLATFORM,
      action: 'deployments.create',
      targetType: 'deployment',
      requestId: key,
      idempotencyKey: { callerId: PLATFORM.id, key, fingerprint },
      response,
    });
  }

  /** The least that a charge could be, on the same connections: one row more, one row changed, one commit. */
  async bare() {
    const client = await this.pool.connect();
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

  async isClean() {
    return isClean(await this.app.get(RevenueService, { strict: false }).verify());
  }

  async close() {
    await this.app.close();
    await this.embedded.leave();
    await this.runtime.close();
  }
}

async function importPeople(app) {
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
}

async function makeBareTables(ownerUrl) {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(`
    CREATE TABLE IF NOT EXISTS bare_entries (id text PRIMARY KEY, user_id text NOT NULL, credits numeric(18,6) NOT NULL);
    CREATE TABLE IF NOT EXISTS bare_accounts (user_id text PRIMARY KEY, credits numeric(30,6) NOT NULL);
    INSERT INTO bare_accounts SELECT 'u' || n, 0 FROM generate_series(0, ${USERS - 1}) AS n ON CONFLICT DO NOTHING;
    GRANT INSERT ON bare_entries TO pmr_service;
    GRANT SELECT, UPDATE ON bare_accounts TO pmr_service;`);
  await owner.end();
}

/**
 * Charges a second beside bare transactions, for so many clients that each wait for their answer.
 *
 * @returns one row per number of clients: medians of the rounds, `ratio` charges to bare, `hot_vs_uniform` everybody
 *          deploying one module to any of them
 */
export async function measureCharges(service, { clients: counts, rounds: rounds_n, seconds }) {
  const works = {
    bare: () => service.bare(),
    uniform: () => service.charge(),
    hot: () => service.charge('m0'),
  };
  for (const work of Object.values(works)) await measure(service, work, WARM_UP);
  const results = [];
  for (const clients of counts) {
    const rounds = [];
    for (let round = 0; round < rounds_n; round += 1) {
      const rates = {};
      // Turned by one each round, so that none always comes after the same other.
      const order = Object.keys(works).map((_, n, names) => names[(n + round) % names.length]);
      for (const name of order) rates[name] = await measure(service, works[name], { clients, seconds });
      rounds.push(figuresOf(rates));
    }
    const middle = (name) => rounded(median(rounds.map((round) => round[name])));
    const names = Object.keys(rounds[0]);
    results.push({ clients, ...Object.fromEntries(names.map((name) => [name, middle(name)])) });
  }
  return results;
}

function figuresOf({ bare, uniform, hot }) {
  return {
    bare_per_s: bare.per_s,
    uniform_per_s: uniform.per_s,
    hot_per_s: hot.per_s,
    ratio: uniform.per_s / bare.per_s,
    hot_vs_uniform: hot.per_s / uniform.per_s,
    statements_per_charge: uniform.statements,
    bare_node_ms: bare.node_ms,
    bare_postgres_ms: bare.postgres_ms,
    charge_node_ms: uniform.node_ms,
    charge_postgres_ms: uniform.postgres_ms,
  };
}

/** How often the work was done in a second, and what statements and processor time one took. */
async function measure({ folder }, work, { clients, seconds }) {
  const start = performance.now();
  const end = start + seconds * 1000;
  const before = processorTime_ms(folder);
  const statements = countStatements();
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
    statements: statements.stop() / done,
    node_ms: used('node'),
    postgres_ms: used('postgres'),
  };
}

function countStatements() {
  const { query } = pg.Client.prototype;
  let count = 0;
  pg.Client.prototype.query = function counted(...parameters) {
    count += 1;
    return query.apply(this, parameters);
  };
  return {
    stop: () => {
      pg.Client.prototype.query = query;
      return count;
    },
  };
}
