import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Response } from 'express';
import { Client, type Pool } from 'pg';
import { DataSource } from 'typeorm';
import { SCHEMA } from '../migrations/index.js';
import { AppModule } from '../src/app.module.js';
import type { Caller } from '../src/auth/index.js';
import { DeploymentsController } from '../src/credits/http/deployments.controller.js';
import { ImportService } from '../src/credits/index.js';
import { loadConfig } from '../src/platform/config/index.js';
import { joinEmbedded } from '../src/platform/database/embedded/index.js';
import { openRuntime, type Runtime } from '../src/platform/runtime/index.js';
import { isClean, RevenueService } from '../src/revenue/index.js';
import { anyOf, linesOfPeople } from './people.js';

const USERS = 400;
const MODULES = 50;
const PLATFORM: Caller = {
  id: 'backend',
  roles: new Set(['platform'] as const),
  rolesAccount: '',
  partnerId: null,
  earnsAs: null,
};

type Embedded = Awaited<ReturnType<typeof joinEmbedded>>;

/** The service, without its HTTP door, on an embedded database with people who can be charged. */
export class ChargingService {
  /** @param folder of the database: a new one, or one of a data set, which gets these people beside its own */
  static async open(folder: string): Promise<ChargingService> {
    mkdirSync(folder, { recursive: true });
    const config = loadConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
    const runtime = await openRuntime(config, SCHEMA, { notify: () => {} });
    const app = await NestFactory.createApplicationContext(AppModule.forRuntime(runtime), { logger: false });
    const embedded = await joinEmbedded(folder, () => {});
    await importPeople(app);
    await makeBareTables(embedded.ownerUrl);
    return new ChargingService(folder, runtime, app, embedded);
  }

  private readonly pool: Pool;
  private readonly deployments: DeploymentsController;

  private constructor(
    readonly folder: string,
    private readonly runtime: Runtime,
    private readonly app: INestApplicationContext,
    private readonly embedded: Embedded,
  ) {
    this.pool = (app.get(DataSource).driver as unknown as { master: Pool }).master;
    this.deployments = app.get(DeploymentsController, { strict: false });
  }

  /** As the route does it, with an `Idempotency-Key` and without an id: entry, pieces, lots, report row, totals, audit, kept answer. */
  async charge(moduleId = anyOf('m', MODULES)): Promise<void> {
    const body = { userId: anyOf('u', USERS), moduleId };
    const key = randomUUID();
    const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest();
    await this.deployments.createDeployment(body, PLATFORM, {
      caller: PLATFORM,
      action: 'deployments.create',
      targetType: 'deployment',
      requestId: key,
      idempotencyKey: { callerId: PLATFORM.id, key, fingerprint },
      response: NOWHERE,
    });
  }

  /** The least that a charge could be, on the same connections: one row more, one row changed, one commit. */
  async bare(): Promise<void> {
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

  async isClean(): Promise<boolean> {
    return isClean(await this.app.get(RevenueService, { strict: false }).verify());
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.embedded.leave();
    await this.runtime.close();
  }
}

/** A response whose status and headers nobody reads. */
const NOWHERE = { status: () => NOWHERE, set: () => NOWHERE } as unknown as Response;

async function importPeople(app: INestApplicationContext): Promise<void> {
  const occurredAt = '2026-01-01T00:00:00Z';
  const text = linesOfPeople({
    users: USERS,
    modules: MODULES,
    creditsOf: (userId, n) => [
      { type: 'award', externalId: `a${n}`, userId, credits: '20', occurredAt },
      { type: 'purchase', externalId: `p${n}`, userId, credits: '1000000', amount: '100000', occurredAt },
    ],
  });
  const rules = { atomic: false, update: false, importer: null };
  await app.get(ImportService).import(Readable.from([Buffer.from(text)]), rules);
}

async function makeBareTables(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(`
    CREATE TABLE IF NOT EXISTS bare_entries (id text PRIMARY KEY, user_id text NOT NULL, credits numeric(18,6) NOT NULL);
    CREATE TABLE IF NOT EXISTS bare_accounts (user_id text PRIMARY KEY, credits numeric(30,6) NOT NULL);
    INSERT INTO bare_accounts SELECT 'u' || n, 0 FROM generate_series(0, ${USERS - 1}) AS n ON CONFLICT DO NOTHING;
    GRANT INSERT ON bare_entries TO pmr_service;
    GRANT SELECT, UPDATE ON bare_accounts TO pmr_service;`);
  await owner.end();
}
