import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SERVICE_ROLE } from '../../src/platform/database/embedded/index.js';
import { SCHEMA } from '../../migrations/index.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { ensureCompiled } from '../support/compiled.js';
import { ServiceProcess } from '../support/compiled-service.js';
import { WRITERS } from '../support/entry-writer.js';
import { freeze, residentMegabytes, thaw } from '../support/frozen.js';
import { problemIn, send, type Answer, type TestRequest } from '../support/http-client.js';
import { importRecords, ndjson } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { TestPostgres } from '../support/standby.js';
import { TEST_JWT_SECRET } from '../support/tokens.js';
import { rounds } from './rounds.js';
import { databaseFolder } from '../support/test-cluster.js';

/** What the service promises, plus what a machine with other tests can add. */
const REFUSED_AFTER_MS = 5_000 + 3_000;
const BACK_AFTER_MS = 2_000 + 3_000;
const LIVE_AFTER_MS = 100;
/**
 * Without a limit, V8 lets garbage grow to four times of the 82 MB that are in use before it collects it. With one, the
 * resident memory shows what is kept: a leak of 1 MB a second ends the process in the second of five rounds.
 */
const HEAP_MAX_MB = 160;
/** From idle, over all rounds. */
const GROWTH_MAX_MB = 100;
/** More attempts from one address are refused. */
const LOGINS = 3;

const LINES = [
  { type: 'user', id: 'maker', roles: ['partner'] },
  { type: 'user', id: 'ann', roles: ['user'] },
  { type: 'module', id: 'maps', name: 'Maps', partnerId: 'maker', creditCost: '1' },
  {
    type: 'purchase',
    externalId: 'buy',
    userId: 'ann',
    credits: '1000',
    amount: '100',
    occurredAt: '2026-01-01T00:00:00Z',
  },
];

async function ownPostgres(): Promise<TestPostgres> {
  const postgres = await TestPostgres.start(databaseFolder('frozen'));
  await migrate(postgres.ownerUrl, SERVICE_ROLE, SCHEMA);
  return postgres;
}

describe('while PostgreSQL is frozen', () => {
  let postgres: TestPostgres;
  let service: ServiceProcess;
  let url: string;
  let idle_mb: number;

  beforeAll(async () => {
    await ensureCompiled();
    postgres = await ownPostgres();
    service = new ServiceProcess({
      NODE_ENV: 'test',
      DATABASE_URL: postgres.serviceUrl,
      DATABASE_OWNER_URL: postgres.ownerUrl,
      AUTH_JWT_SECRET: TEST_JWT_SECRET,
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MAX_MB}`,
    });
    url = await service.url();
    const imported = await ask('imports', {
      method: 'POST',
      token: WRITERS.admin,
      headers: { 'content-type': 'application/x-ndjson' },
      body: ndjson(LINES),
    });
    expect(imported.status).toBe(200);
    idle_mb = residentMegabytes(service.pid);
  }, 300_000);
  afterAll(async () => {
    await service?.kill();
    await postgres?.remove();
  });

  const ask = (path: string, request: TestRequest = {}): Promise<Answer> =>
    send(`${url}/api/${path}`, { token: WRITERS.admin, ...request });
  const post = (path: string, body: unknown, more: TestRequest = {}): Promise<Answer> =>
    ask(path, { method: 'POST', body, ...more });
  const charge = (id: string): Promise<Answer> =>
    post('deployments', { id, userId: 'ann', moduleId: 'maps' }, { token: WRITERS.platform });
  const award = (externalId: string): Promise<Answer> =>
    post('credits/awards', { externalId, userId: 'ann', credits: '1' });

  /** One request of every kind that needs the database. */
  const everything = (id: string, index: number): Promise<Answer>[] => [
    ...[
      'auth/me',
      'health/ready',
      'modules',
      'revenue',
      'revenue?format=csv',
      'revenue/summary?groupBy=month',
      'credits/balance?userId=ann',
      'credits/history?userId=ann',
      'users',
      'audit',
      'variables',
    ].map((path) => ask(path)),
    charge(`charge-${id}`),
    award(`award-${id}`),
    post('users', { id: `user-${id}`, roles: ['user'] }),
    ...(index < LOGINS ? [post('auth/login', { email: `${id}@example.com`, password: 'a password' })] : []),
    post('imports', ndjson(LINES), { headers: { 'content-type': 'application/x-ndjson' } }),
  ];

  const timed = async <T>(work: Promise<T>): Promise<readonly [result: T, took_ms: number]> => {
    const start_ms = performance.now();
    return [await work, performance.now() - start_ms];
  };

  /** Measures the response time of liveness, repeatedly until the signal. */
  const liveness = async (until: AbortSignal): Promise<number[]> => {
    const took: number[] = [];
    while (!until.aborted) {
      const [answer, took_ms] = await timed(ask('health/live'));
      expect(answer.status).toBe(200);
      took.push(took_ms);
      await sleep(50);
    }
    return took;
  };
  const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

  it.each(Array.from({ length: rounds(1, 5) }, (_, round) => round))(
    'every request is refused within 5 s, the process lives, and everything works again afterwards: round %i',
    async (round) => {
      const sent: string[] = [];
      await Promise.all(everything(`before-${round}`, LOGINS));
      const end = new AbortController();
      freeze(postgres.pid);
      try {
        const live = liveness(end.signal);
        const lasts_ms = rounds(6_000, 40_000);
        const from_ms = performance.now();
        while (performance.now() - from_ms < lasts_ms) {
          const id = `${round}-${sent.length}`;
          sent.push(id);
          for (const work of await Promise.all(everything(id, sent.length).map(timed))) {
            const [answer, took_ms] = work;
            expect(problemIn(answer).status).toBe(503);
            expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
            expect(took_ms).toBeLessThan(REFUSED_AFTER_MS);
          }
          await sleep(100);
        }
        end.abort();
        expect(median(await live)).toBeLessThan(LIVE_AFTER_MS);
        expect(residentMegabytes(service.pid) - idle_mb).toBeLessThan(GROWTH_MAX_MB);
      } finally {
        end.abort();
        thaw(postgres.pid);
      }
      const thawed_ms = performance.now();
      while ((await ask('revenue')).status !== 200) await sleep(20);
      expect(performance.now() - thawed_ms).toBeLessThan(BACK_AFTER_MS);
      await expectNothingAbandoned();
      // Whether a request was executed or not, repeating it records its entry exactly once.
      for (const id of sent) {
        expect([200, 201]).toContain((await charge(`charge-${id}`)).status);
        expect([200, 201]).toContain((await award(`award-${id}`)).status);
      }
      const [found] = await postgres.inService<{ entries: number }>(
        `SELECT count(*)::int AS entries FROM credit_entries WHERE id ~ '^(charge|award)-${round}-'`,
      );
      expect(found?.entries).toBe(2 * sent.length);
    },
    300_000,
  );

  /** Checks that transactions of disconnected clients have ended. */
  async function expectNothingAbandoned(): Promise<void> {
    const deadline_ms = performance.now() + 15_000;
    for (;;) {
      const abandoned = await postgres.query(
        `SELECT pid, state, query FROM pg_stat_activity
          WHERE usename = '${SERVICE_ROLE}' AND xact_start < now() - interval '4 s'`,
      );
      if (abandoned.length === 0) return;
      expect(performance.now()).toBeLessThan(deadline_ms);
      await sleep(200);
    }
  }
});

describe('PostgreSQL that freezes at COMMIT', () => {
  let postgres: TestPostgres;
  let service: TestService;

  beforeAll(async () => {
    postgres = await ownPostgres();
    const { serviceUrl, ownerUrl } = postgres;
    service = await startTestService({
      database: { name: 'pmr', serviceUrl, ownerUrl, drop: () => Promise.resolve() },
    });
    await importRecords(service.app, LINES);
  }, 60_000);
  afterAll(async () => {
    await service?.close();
    await postgres?.remove();
  });

  const AWARD = { externalId: 'gift', userId: 'ann', credits: '1' };
  const CHARGE = { id: 'dep', userId: 'ann', moduleId: 'maps' };

  it.each([
    ['credits/awards', AWARD, WRITERS.admin],
    ['deployments', CHARGE, WRITERS.platform],
  ])('leaves the result open, and a repeated request is recorded once: %s', async (path, body, token) => {
    const request = { method: 'POST', token, body, headers: { 'idempotency-key': `key of ${path}` } };
    const commits = freezeAtCommit(postgres);
    const start_ms = performance.now();
    const answer = await send(`${service.url}/api/${path}`, request).finally(() => {
      commits.mockRestore();
      thaw(postgres.pid);
    });
    expect(performance.now() - start_ms).toBeLessThan(REFUSED_AFTER_MS);
    const problem = problemIn(answer);
    expect(problem).toMatchObject({ status: 503, code: 'HTTP.OUTCOME_UNKNOWN' });
    expect(problem.detail).toMatch(
      /unknown whether the change was made.*same Idempotency-Key or the same id/,
    );
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);

    // The COMMIT had been sent, and PostgreSQL executed it.
    const again = await untilAnswered(() => send(`${service.url}/api/${path}`, request));
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  /** Waits until the database answers again, which must be soon. */
  async function untilAnswered(ask: () => Promise<Answer>): Promise<Answer> {
    const deadline_ms = performance.now() + BACK_AFTER_MS;
    for (;;) {
      const answer = await ask();
      if (answer.status !== 503 || performance.now() > deadline_ms) return answer;
      await sleep(50);
    }
  }
});

/** Freezes PostgreSQL right before the next COMMIT of a write is sent. */
function freezeAtCommit(postgres: TestPostgres): jest.SpyInstance {
  const query = Reflect.get(pg.Client.prototype, 'query') as (...args: unknown[]) => unknown;
  // Background work commits as well, but writes no audit event.
  const writers = new WeakSet<pg.Client>();
  let isFrozen = false;
  return jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    if (/INSERT INTO audit_events/.test((args[0] as { text?: string }).text ?? '')) writers.add(this);
    if (!isFrozen && args[0] === 'COMMIT' && writers.has(this)) {
      isFrozen = true;
      freeze(postgres.pid);
    }
    return query.apply(this, args);
  });
}
