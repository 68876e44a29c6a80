import { Client } from 'pg';
import { EntryWriter, WRITERS } from '../support/entry-writer.js';
import { refusal, send, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';
import { rounds } from './rounds.js';

/** The longest wait of a request, plus what a busy machine adds. */
const ENDED_AFTER_MS = 10_000 + 12_000;
/** On an idle machine a few milliseconds; more on a busy one, but much less than the wait for the lock. */
const AT_ONCE_MS = 3_000;

/** Requests per kind that wait for one account; there are three kinds. */
const WAITING = 50;

describe('an account that another transaction has locked', () => {
  let service: TestService;
  let client: EntryWriter;
  let locker: Client;
  let stuck: string;
  let free: string;

  beforeAll(async () => {
    service = await startTestService();
    client = new EntryWriter(service);
    await client.settle();
    stuck = await client.userWith({ purchased: '1000' });
    free = await client.userWith({ purchased: '1000' });
    locker = new Client({ connectionString: service.database.ownerUrl });
    await locker.connect();
  });
  afterAll(async () => {
    await locker.end();
    await service.close();
  });

  const post = (path: string, token: string, body: object): Promise<Answer> =>
    send(`${service.url}/api/${path}`, { method: 'POST', token, body });
  const charge = (userId: string): Promise<Answer> =>
    post('deployments', tokenOf(userId, ['user']), { moduleId: 'maps' });
  const award = (userId: string, externalId: string): Promise<Answer> =>
    post('credits/awards', WRITERS.admin, { externalId, userId, credits: '1' });
  const spend = (userId: string, externalId: string): Promise<Answer> =>
    post('credits/spends', WRITERS.platform, { externalId, userId, credits: '1', category: 'build' });
  const timed = async (work: () => Promise<Answer>): Promise<{ status: number; took_ms: number }> => {
    const start_ms = performance.now();
    const { status } = await work();
    return { status, took_ms: performance.now() - start_ms };
  };

  /** Requests of other users meanwhile. */
  const others = (id: string): Promise<{ status: number; took_ms: number }[]> => {
    const reads = ['modules', 'revenue', 'auth/me', 'health/ready'].map((path) =>
      timed(() => send(`${service.url}/api/${path}`, { token: WRITERS.admin })),
    );
    const module = { id: `m-${id}`, name: 'M', partnerId: null, creditCost: '1' };
    const writes = [
      timed(() => charge(free)),
      timed(() => award(free, `free-${id}`)),
      timed(() => post('modules', WRITERS.platform, module)),
    ];
    return Promise.all([...reads, ...writes]);
  };

  it('does not affect other users, and its own requests wait for at most 10 s', async () => {
    await others('warm-up');
    for (let round = 0; round < rounds(1, 5); round += 1) {
      await locker.query('BEGIN');
      await locker.query('SELECT FROM credit_accounts WHERE user_id = $1 FOR UPDATE', [stuck]);
      const start_ms = performance.now();
      const waiting = Promise.all(
        Array.from({ length: WAITING }, (_, n) => [
          charge(stuck),
          award(stuck, `a-${round}-${n}`),
          spend(stuck, `s-${round}-${n}`),
        ]).flat(),
      );
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const slowest_ms: number[] = [];
      for (let n = 0; n < 10; n += 1) {
        const done = await others(`${round}-${n}`);
        expect(done.map(({ status }) => status)).toEqual([200, 200, 200, 200, 201, 201, 201]);
        slowest_ms.push(Math.max(...done.map(({ took_ms }) => took_ms)));
      }
      // The median of the rounds, because in the first one client and service share a thread to start all these
      // requests.
      expect(median(slowest_ms)).toBeLessThan(AT_ONCE_MS);
      const answers = await waiting;
      expect(performance.now() - start_ms).toBeLessThan(ENDED_AFTER_MS);
      for (const answer of answers) {
        expect(refusal(answer, 503).code).toBe('HTTP.UNAVAILABLE');
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      await locker.query('ROLLBACK');
      expect((await charge(stuck)).status).toBe(201);
    }
  }, 200_000);
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
