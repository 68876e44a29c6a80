import { Client } from 'pg';
import { SCHEMA } from '../../migrations/index.js';
import { ensureCompiled } from '../support/compiled.js';
import { ServiceProcess } from '../support/compiled-service.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { send } from '../support/http-client.js';
import { ndjson } from '../support/lines.js';
import { TEST_JWT_SECRET, tokenOf } from '../support/tokens.js';

const BACK_END = tokenOf('back-end', ['platform']);
const USERS = 450;
const PATIENCE_MS = 60_000;

describe('three processes on one external database', () => {
  let database: TestDatabase;
  let processes: ServiceProcess[] = [];

  beforeAll(async () => {
    await ensureCompiled();
    database = await createTestDatabase({ migrated: false });
    processes = [1, 2, 3].map(
      () =>
        new ServiceProcess({
          NODE_ENV: 'test',
          DATABASE_URL: database.serviceUrl,
          DATABASE_OWNER_URL: database.ownerUrl,
          AUTH_JWT_SECRET: TEST_JWT_SECRET,
        }),
    );
  }, 150_000);
  afterAll(async () => {
    await Promise.all(processes.map((service) => service.kill()));
    await database?.drop();
  });

  const query = async <Row extends object>(sql: string): Promise<Row[]> => {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    const { rows } = await client.query<Row>(sql);
    await client.end();
    return rows;
  };

  it('start at the same time: each migration runs once, and all serve', async () => {
    expect(await Promise.all(processes.map((service) => service.isReady()))).toEqual([true, true, true]);
    const run = await query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    expect(run.map(({ name }) => name)).toEqual(SCHEMA.migrations.map((migration) => migration.name));
    expect(processes.map(({ stderr }) => stderr)).toEqual(['', '', '']);
  }, 90_000);

  it('record a batch of awards once, whichever of them processes it, even if one is killed midway', async () => {
    const urls = await Promise.all(processes.map((service) => service.url()));
    const users = Array.from({ length: USERS }, (_, n) => ({ type: 'user', id: `u${n}`, roles: ['user'] }));
    const imported = await send(`${urls[0]}/api/imports`, {
      method: 'POST',
      token: BACK_END,
      headers: { 'content-type': 'application/x-ndjson' },
      body: ndjson(users),
    });
    expect(imported.status).toBe(200);
    const accepted = await send(`${urls[0]}/api/credits/awards/batches`, {
      method: 'POST',
      token: BACK_END,
      body: { externalId: 'spring', all: true, credits: '5' },
    });
    expect(accepted.status).toBe(202);
    await processes[0]?.kill();

    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const answer = await send(`${urls[1]}/api/credits/awards/batches/spring`, { token: BACK_END });
      const { total, done } = answer.json<{ total: number; done: number }>();
      if (done === total) break;
      expect(performance.now()).toBeLessThan(deadline);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const [awards] = await query(
      `SELECT count(*)::int AS awards, count(DISTINCT user_id)::int AS users FROM credit_entries WHERE type = 'award'`,
    );
    expect(awards).toEqual({ awards: USERS, users: USERS });
  }, 90_000);

  it('keep the rollups of the report correct, although each of them can move deltas', async () => {
    const urls = await Promise.all(processes.slice(1).map((service) => service.url()));
    const maker = { id: 'maker', roles: ['partner'] };
    const maps = { id: 'maps', name: 'Maps', partnerId: 'maker', creditCost: '1' };
    for (const [path, body] of [
      ['users', maker],
      ['modules', maps],
    ] as const)
      expect((await send(`${urls[0]}/api/${path}`, { method: 'POST', token: BACK_END, body })).status).toBe(
        201,
      );
    const charged = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        send(`${urls[n % urls.length]}/api/deployments`, {
          method: 'POST',
          token: tokenOf(`u${n}`, ['user']),
          body: { moduleId: 'maps' },
        }),
      ),
    );
    expect(new Set(charged.map(({ status }) => status))).toEqual(new Set([201]));
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const [sums] = await query<{ moved: number; waiting: number }>(
        `SELECT (SELECT coalesce(sum(deployments), 0)::int FROM revenue_rollups
                  WHERE scope = 'owner' AND level = 'month') AS moved,
                (SELECT coalesce(sum(deployments), 0)::int FROM revenue_deltas) AS waiting`,
      );
      expect((sums?.moved ?? 0) + (sums?.waiting ?? 0)).toBe(200);
      if (sums?.waiting === 0) break;
      expect(performance.now()).toBeLessThan(deadline);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, 90_000);
});
