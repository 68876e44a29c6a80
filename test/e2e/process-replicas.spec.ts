import { Client } from 'pg';
import { ensureCompiled } from '../support/compiled.js';
import { ServiceProcess } from '../support/compiled-service.js';
import { send, type Answer } from '../support/http-client.js';
import { readFrom } from '../support/replica-reads.js';
import { startReplicatedDatabase, type ReplicatedDatabase } from '../support/standby.js';
import { TEST_JWT_SECRET, tokenOf } from '../support/tokens.js';

const BACK_END = tokenOf('back-end', ['platform']);
const ADMIN = tokenOf('root', ['admin']);
const ANN = tokenOf('ann', ['user']);
const CREDITS = 300;
const PASSWORD = 'a password that is long enough';

/** Marks of statements that decide about money or prevent duplicates: their tables, and writes. */
const OF_THE_PRIMARY =
  /\b(?:INSERT INTO|UPDATE \w+ SET|DELETE FROM|FOR (?:NO KEY )?UPDATE|FOR (?:KEY )?SHARE|pg_(?:try_)?advisory|nextval|COPY \S+ .*FROM STDIN)\b|idempotency_records|audit_events|password_hash|read_account_for_update/i;

describe('two processes with a replica', () => {
  let servers: ReplicatedDatabase;
  let processes: ServiceProcess[] = [];
  let urls: string[] = [];

  beforeAll(async () => {
    await ensureCompiled();
    servers = await startReplicatedDatabase();
    processes = [1, 2].map(
      () =>
        new ServiceProcess({
          NODE_ENV: 'test',
          DATABASE_URL: servers.database.serviceUrl,
          DATABASE_OWNER_URL: servers.database.ownerUrl,
          DATABASE_REPLICA_URLS: servers.standby.serviceUrl,
          AUTH_JWT_SECRET: TEST_JWT_SECRET,
        }),
    );
    urls = await Promise.all(processes.map((service) => service.url()));
    await settle();
  }, 240_000);
  afterAll(async () => {
    await Promise.all(processes.map((service) => service.kill()));
    await servers?.remove();
  });

  /** Sends a write through a process, which must succeed. */
  const write = async (process: number, path: string, body: unknown, token = BACK_END): Promise<Answer> => {
    const headers = { 'idempotency-key': `key-${(keys += 1)}` };
    const answer = await send(`${urls[process]}/api/${path}`, { method: 'POST', token, body, headers });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer;
  };
  let keys = 0;
  const settle = async (): Promise<void> => {
    await write(0, 'users', { id: 'maker', roles: ['partner'] });
    await write(0, 'users', { id: 'ann', roles: ['user'] });
    await write(0, 'modules', { id: 'maps', name: 'Maps', partnerId: 'maker', creditCost: '1' });
    const bought = { userId: 'ann', credits: String(CREDITS), amount: String(CREDITS) };
    await write(0, 'credits/purchases', bought);
  };
  /** The partner's report through a process. */
  const reported = async (process: number): Promise<{ deployments: number; grossRevenue: string }> => {
    const answer = await send(`${urls[process]}/api/revenue`, { token: tokenOf('maker', ['partner']) });
    return answer.json<{ totals: { deployments: number; grossRevenue: string } }>().totals;
  };
  const charge = (process: number): Promise<Answer> =>
    send(`${urls[process]}/api/deployments`, { method: 'POST', token: ANN, body: { moduleId: 'maps' } });

  it('show in one what was written through the other, whichever server answers', async () => {
    const reads = [0, 1].map((n) => readFrom(() => ({ url: urls[n] as string })));
    await Promise.all(reads.map((service) => service.untilUsable(1)));
    for (let n = 1; n <= 60; n += 1) {
      expect((await charge(n % 2)).status).toBe(201);
      expect(await reported((n + 1) % 2)).toMatchObject({ deployments: n, grossRevenue: String(n) });
    }
    for (const service of reads) expect((await service.counts()).replica).toBeGreaterThan(0);
  }, 120_000);

  it('never decide about money, sign-in, variables or a key on the standby', async () => {
    const path = `${urls[0]}/api/variables/partnerRevenueShare`;
    expect((await send(path, { method: 'PUT', token: ADMIN, body: { value: '40' } })).status).toBe(200);
    const person = { id: 'signs-in', email: 'in@example.com', roles: ['user'], password: PASSWORD };
    await write(1, 'users', person, ADMIN);
    await write(0, 'auth/login', { email: 'in@example.com', password: PASSWORD });
    const deployed = await write(1, 'deployments', { moduleId: 'maps' }, ANN);
    const { id } = deployed.json<{ id: string }>();
    await write(0, `deployments/${id}/refunds`, {}, BACK_END);
    expect((await send(`${urls[1]}/api/credits/balance`, { token: ANN })).status).toBe(200);
    expect((await send(`${urls[1]}/api/revenue?format=csv`, { token: ADMIN })).status).toBe(200);

    const { log } = servers.standby;
    expect(log).toMatch(/deployment_revenue/); // It is used: its log contains statements.
    expect(log.split('\n').filter((line) => OF_THE_PRIMARY.test(line))).toEqual([]);
  });

  it('charge to the last credit and no further while the standby has an old balance', async () => {
    await servers.standby.query('SELECT pg_wal_replay_pause()');
    const left = CREDITS - 60;
    const answers = await Promise.all(Array.from({ length: left + 40 }, (_, n) => charge(n % 2)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(left);
    expect(statuses.filter((status) => status === 402)).toHaveLength(40);
    for (const n of [0, 1]) expect((await reported(n)).grossRevenue).toBe(String(CREDITS));
    const behind = await standbyDeployments();
    expect(behind).toBeLessThan(left);
    await servers.standby.query('SELECT pg_wal_replay_resume()');
  }, 120_000);

  it('continue without the standby, and report ready', async () => {
    for (const n of [0, 1]) await readFrom(() => ({ url: urls[n] as string })).untilUsable(1);
    await servers.standby.kill();
    for (const n of [0, 1]) {
      expect((await reported(n)).grossRevenue).toBe(String(CREDITS));
      await readFrom(() => ({ url: urls[n] as string })).untilUsable(0);
      expect(processes[n]?.stdout).toMatch(/The replica at 127\.0\.0\.1:\d+ cannot be reached/);
    }
    await servers.standby.restart();
    for (const n of [0, 1]) await readFrom(() => ({ url: urls[n] as string })).untilUsable(1);
  });

  const standbyDeployments = async (): Promise<number> => {
    const client = new Client({ connectionString: servers.standby.serviceUrl });
    await client.connect();
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM deployment_revenue');
    await client.end();
    return Number(rows[0]?.count);
  };
});
