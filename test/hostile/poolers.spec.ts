import type { DataSource } from 'typeorm';
import { serviceOptions } from '../../src/platform/database/connection-options.js';
import { exactDataSource } from '../../src/platform/database/exact-data-source.js';
import { ensureCompiled } from '../support/compiled.js';
import { ServiceProcess } from '../support/compiled-service.js';
import { missingPackages, PooledPostgres } from '../support/debian-postgres.js';
import { WRITERS } from '../support/entry-writer.js';
import { send, type Answer, type TestRequest } from '../support/http-client.js';
import { ndjson } from '../support/lines.js';
import { TEST_JWT_SECRET } from '../support/tokens.js';
import { rounds } from './rounds.js';

/** The settings of docs/scaling.md. */
const SESSION_POOLING = ['pool_mode = session', 'default_pool_size = 60', 'max_client_conn = 500'];
const CHARGES = rounds(100, 2_000);

const missing = missingPackages();
const isHere = missing.length === 0;
const described = isHere || process.env['CI'] !== undefined ? describe : describe.skip; // needs PgBouncer

described(`PgBouncer${isHere ? '' : ` (skipped: ${missing.join(' and ')} not installed)`}`, () => {
  let postgres: PooledPostgres;
  const services: ServiceProcess[] = [];

  beforeAll(async () => {
    if (!isHere) throw new Error(`CI has to have ${missing.join(' and ')}.`);
    await ensureCompiled();
    postgres = await PooledPostgres.start();
  }, 300_000);
  afterAll(async () => {
    await Promise.all(services.map((service) => service.kill()));
    await postgres?.remove();
  });

  const start = (address: (role: string) => string): ServiceProcess => {
    const service = new ServiceProcess({
      NODE_ENV: 'test',
      DATABASE_URL: address('pmr_service'),
      DATABASE_OWNER_URL: address('pmr_owner'),
      AUTH_JWT_SECRET: TEST_JWT_SECRET,
    });
    services.push(service);
    return service;
  };

  it('in session mode serves several processes, one after the other on the same connections', async () => {
    const address = await postgres.pooler(SESSION_POOLING);
    const first = [start(address), start(address)];
    const import_ = { headers: { 'content-type': 'application/x-ndjson' }, body: ndjson(LINES) };
    expect((await ask(first[0], 'imports', { method: 'POST', ...import_ })).status).toBe(200);
    await useAll(first, 'first');
    await Promise.all(first.map((service) => service.interrupt()));
    const second = [start(address), start(address)];
    await useAll(second, 'second');
    await Promise.all(second.map((service) => service.interrupt()));
    expect([...first, ...second].map(({ stderr }) => stderr)).toEqual(['', '', '', '']);
  }, 240_000);

  it('in session mode gives sessions the settings that the code relies on', async () => {
    const address = await postgres.pooler(SESSION_POOLING);
    await postgres.query(`ALTER DATABASE pmr SET timezone = 'Asia/Tokyo'`);
    const source: DataSource = await exactDataSource(serviceOptions(address('pmr_service'))).initialize();
    const [found] = await source.query<object[]>(
      `SELECT current_setting('timezone') AS zone, current_setting('statement_timeout') AS statement,
              current_setting('lock_timeout') AS lock, current_setting('transaction_isolation') AS isolation`,
    );
    await source.destroy();
    expect(found).toEqual({ zone: 'UTC', statement: '30s', lock: '10s', isolation: 'read committed' });
  });

  it.each(['transaction', 'statement'])(
    'in %s mode is refused at start, in one sentence',
    async (mode) => {
      const address = await postgres.pooler([`pool_mode = ${mode}`, 'default_pool_size = 60']);
      const service = start(address);
      expect(await service.ended()).toBe(1);
      expect(service.stderr).toMatch(
        /^The pooler at 127\.0\.0\.1:\d+ in DATABASE_URL gives a session another connection for each transaction; .* Set pool_mode = session .*\.\n$/,
      );
    },
    60_000,
  );

  const ask = async (
    service: ServiceProcess | undefined,
    path: string,
    request: TestRequest = {},
  ): Promise<Answer> =>
    send(`${await (service as ServiceProcess).url()}/api/${path}`, { token: WRITERS.admin, ...request });

  /** Writes and reads through all processes at once. */
  async function useAll(processes: readonly ServiceProcess[], id: string): Promise<void> {
    const charges = Array.from({ length: CHARGES }, (_, n) =>
      ask(processes[n % processes.length], 'deployments', {
        method: 'POST',
        token: WRITERS.platform,
        body: { id: `${id}-${n}`, userId: 'ann', moduleId: 'maps' },
      }),
    );
    const reads = processes.flatMap((service) =>
      [
        'revenue',
        'revenue?format=csv',
        'revenue/summary?groupBy=month',
        'credits/history?userId=ann',
        'users',
        'audit',
      ].map((path) => ask(service, path)),
    );
    expect(new Set((await Promise.all(charges)).map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set((await Promise.all(reads)).map(({ status }) => status))).toEqual(new Set([200]));
  }
});

const LINES = [
  { type: 'user', id: 'maker', roles: ['partner'] },
  { type: 'user', id: 'ann', roles: ['user'] },
  { type: 'module', id: 'maps', name: 'Maps', partnerId: 'maker', creditCost: '1' },
  {
    type: 'purchase',
    externalId: 'buy',
    userId: 'ann',
    credits: '100000',
    amount: '100',
    occurredAt: '2026-01-01T00:00:00Z',
  },
];
