import { setTimeout as sleep } from 'node:timers/promises';
import { SCHEMA } from '../../migrations/index.js';
import { loadConfig } from '../../src/platform/config/index.js';
import { ReportSnapshots } from '../../src/platform/database/index.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { readFrom, type ReadCounts } from '../support/replica-reads.js';
import { askRevenue, FINANCE, revenueReport } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { startReplicatedDatabase, type ReplicatedDatabase } from '../support/standby.js';
import { TEST_JWT_SECRET, tokenOf } from '../support/tokens.js';

/** Number of counted reads, on any server. */
const totalOf = ({ replica, behind, unreachable, conflict }: ReadCounts): number =>
  replica + behind + unreachable + conflict;
const difference = (after: ReadCounts, before: ReadCounts): ReadCounts => ({
  replica: after.replica - before.replica,
  behind: after.behind - before.behind,
  unreachable: after.unreachable - before.unreachable,
  conflict: after.conflict - before.conflict,
});

const CLIENT = tokenOf('back-end', ['platform']);
const DEPLOYMENTS = 120;

describe('reports from a streaming replica', () => {
  let servers: ReplicatedDatabase;
  let service: TestService;
  let recorded = DEPLOYMENTS;

  beforeAll(async () => {
    servers = await startReplicatedDatabase();
    service = await startTestService({
      database: servers.database,
      env: { DATABASE_REPLICA_URLS: servers.standby.serviceUrl },
    });
    await importRecords(service.app, revenuePlatform(DEPLOYMENTS));
  }, 120_000);
  afterAll(async () => {
    await service?.close();
    await servers?.remove();
  });
  beforeEach(async () => {
    await servers.standby.query('SELECT pg_wal_replay_resume()');
    await reads.untilUsable(1);
  });

  const reads = readFrom(() => service);
  const record = async (): Promise<string> => {
    const id = `told-${(recorded += 1)}`;
    const body = {
      id,
      userId: 'ann',
      moduleId: 'a-maps',
      creditCost: '1',
      createdAt: '2026-01-20T00:00:00Z',
    };
    const answer = await send(`${service.url}/api/deployments`, { method: 'POST', token: CLIENT, body });
    expect(answer.status).toBe(201);
    return id;
  };
  const shownDeployments = async (): Promise<number> =>
    (await revenueReport(service, 'includeFree=true')).totals.deployments;
  const get = (path: string): Promise<Answer> => send(service.url + path, { token: FINANCE });

  /**
   * Repeats the request until the replica has replayed all commits, because until then the answer comes from the
   * primary, and a worker of the service can write at any time. Returns the answer and the counters of its reads.
   */
  const answerOfReplica = async (path: string): Promise<{ answer: Answer; counted: object }> => {
    for (;;) {
      const before = await reads.counts();
      const answer = await get(path);
      // A read is counted when its connection is returned, which can be after the answer.
      let after = await reads.counts();
      for (; totalOf(after) === totalOf(before); after = await reads.counts()) await sleep(20);
      const { behind, ...rest } = difference(after, before);
      if (behind === 0) return { answer, counted: rest };
      await reads.untilUsable(1);
    }
  };

  it.each([
    ['the report', '/api/revenue?includeFree=true'],
    ['the report as a file', '/api/revenue?includeFree=true&format=csv'],
    ['the summary', '/api/revenue/summary?groupBy=month'],
    ['the explanation', '/api/revenue/d-0001'],
    ['the credit history', '/api/credits/history?userId=ann'],
  ])('are read there: %s, with the same result as from the primary', async (_what, path) => {
    const { answer: onReplica, counted } = await answerOfReplica(path);
    expect(onReplica.status).toBe(200);
    expect(counted).toEqual({ replica: 1, unreachable: 0, conflict: 0 });

    const alone = await startTestService({ database: servers.database });
    const onPrimary = await send(alone.url + path, { token: FINANCE });
    await alone.close();
    const body = ({ text }: Answer): string => text.replace(/"snapshotAt":"[^"]*"/, '');
    expect(body(onReplica)).toBe(body(onPrimary));
  });

  it('contain what the caller has just written, while the replica is used', async () => {
    const before = await reads.counts();
    for (let n = 0; n < 20; n += 1) {
      await record();
      expect(await shownDeployments()).toBe(recorded);
    }
    const after = await reads.counts();
    expect(after.replica).toBeGreaterThan(before.replica);
    expect(after.replica + after.behind).toBe(before.replica + before.behind + 20);
  });

  it('show the time of the snapshot by the clock of the primary: the write before is older', async () => {
    await record();
    const { snapshotAt } = await revenueReport(service);
    const [written] = await servers.primary.query<{ at: Date }>(
      'SELECT max(recorded_at) AS at FROM credit_entries',
    );
    const [now] = await servers.primary.query<{ at: Date }>('SELECT clock_timestamp() AS at');
    expect(Date.parse(snapshotAt)).toBeGreaterThanOrEqual((written as { at: Date }).at.getTime());
    expect(Date.parse(snapshotAt)).toBeLessThanOrEqual((now as { at: Date }).at.getTime());
  });

  it('come from the primary while replay is paused, and contain what was written meanwhile', async () => {
    await servers.standby.query('SELECT pg_wal_replay_pause()');
    const before = await reads.counts();
    await record();
    expect(await shownDeployments()).toBe(recorded);
    const { data } = await revenueReport(service, 'includeFree=true&limit=500');
    expect(data.map(({ deploymentId }) => deploymentId)).toContain(`told-${recorded}`);
    await reads.untilUsable(0);
    expect((await reads.counts()).replica).toBe(before.replica);
    while ((await reads.metric('database_replica_lag_bytes')) === 0) await sleep(50);
    expect(await reads.metric('database_replica_lag_seconds')).toBeGreaterThan(0);

    await servers.standby.query('SELECT pg_wal_replay_resume()');
    await reads.untilUsable(1);
    expect(await reads.metric('database_replica_lag_bytes')).toBe(0);
    const { answer, counted } = await answerOfReplica('/api/revenue?includeFree=true');
    expect(answer.json<{ totals: object }>().totals).toMatchObject({ deployments: recorded });
    expect(counted).toEqual({ replica: 1, unreachable: 0, conflict: 0 });
  });

  it('are read again from the primary if replay cancels them', async () => {
    await servers.standby.query(
      `ALTER SYSTEM SET max_standby_streaming_delay = 0`,
      'SELECT pg_reload_conf()',
    );
    const before = await reads.counts();
    const seen: string[] = [];
    const count = await service.app.get(ReportSnapshots).read(async ({ client }) => {
      const { rows } = await client.query<{ standby: boolean; count: string }>(
        'SELECT pg_is_in_recovery() AS standby, count(*) FROM deployment_revenue',
      );
      seen.push(rows[0]?.standby === true ? 'standby' : 'primary');
      // A lock that replay needs too, as when a rebuild replaces a table.
      if (seen.length === 1) {
        await servers.primary.query('ALTER TABLE deployment_revenue ALTER COLUMN user_id DROP DEFAULT');
        await sleep(500);
      }
      await client.query('SELECT count(*) FROM deployment_revenue');
      return Number(rows[0]?.count);
    });
    expect(seen).toEqual(['standby', 'primary']);
    expect(count).toBe(recorded);
    const after = await reads.counts();
    expect(after.conflict + after.unreachable).toBe(before.conflict + before.unreachable + 1);
    await servers.standby.query('ALTER SYSTEM RESET max_standby_streaming_delay', 'SELECT pg_reload_conf()');
  });

  it('do not use a replica that was killed, and use it again when it is back', async () => {
    const report = service.app.get(ReportSnapshots).read(async ({ client }) => {
      const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
      if (rows[0]?.standby === true) await servers.standby.kill();
      return client.query<{ count: string }>('SELECT count(*) FROM deployment_revenue');
    });
    expect(Number((await report).rows[0]?.count)).toBe(recorded);
    await record();
    expect(await shownDeployments()).toBe(recorded);
    expect((await askRevenue(service, 'includeFree=true&format=csv')).status).toBe(200);
    await reads.untilUsable(0);
    await servers.standby.restart();
    await reads.untilUsable(1);
  });

  it('that are already being sent are cut off if the replica dies, and never continue from another server', async () => {
    let runs = 0;
    const work = service.app.get(ReportSnapshots).readAtLength(async ({ client }, handOver) => {
      runs += 1;
      handOver();
      await servers.standby.kill();
      await client.query('SELECT 1');
    });
    await expect(work).rejects.toThrow();
    expect(runs).toBe(1);
    await servers.standby.restart();
  });

  it('do not use a promoted replica, which has its own writes', async () => {
    await servers.standby.query('SELECT pg_promote()');
    expect(await shownDeployments()).toBe(recorded);
    await reads.untilUsable(0);
    await record();
    expect(await shownDeployments()).toBe(recorded);
  });
});

describe('a start with DATABASE_REPLICA_URLS', () => {
  let servers: ReplicatedDatabase;
  beforeAll(async () => void (servers = await startReplicatedDatabase()), 120_000);
  afterAll(() => servers?.remove());

  const open = async (replicaUrl: string): Promise<string[]> => {
    const told: string[] = [];
    const config = loadConfig({
      NODE_ENV: 'test',
      DATABASE_URL: servers.database.serviceUrl,
      DATABASE_OWNER_URL: servers.database.ownerUrl,
      DATABASE_REPLICA_URLS: replicaUrl,
      AUTH_JWT_SECRET: TEST_JWT_SECRET,
    });
    await openDatabase(config, SCHEMA, (what) => told.push(what));
    return told;
  };
  const changed = (change: (url: URL) => void): string => {
    const url = new URL(servers.standby.serviceUrl);
    change(url);
    return url.href;
  };

  it('accepts a standby', async () => {
    expect(await open(servers.standby.serviceUrl)).toEqual([]);
  });

  it('continues without a standby that is not reachable, and reports it', async () => {
    expect(await open(changed((url) => (url.port = '1')))).toEqual([
      expect.stringMatching(
        /127\.0\.0\.1:1 cannot be reached .*check DATABASE_REPLICA_URLS\. Until it answers, /,
      ),
    ]);
  });

  it.each<[string, (url: URL) => void, RegExp]>([
    [
      'the primary itself',
      (url) => (url.port = new URL(servers.primary.serviceUrl).port),
      /accepts writes \(not in recovery\)/,
    ],
    [
      'another database',
      (url) => (url.pathname = '/postgres'),
      /is used with the database postgres, but DATABASE_URL points to pmr/,
    ],
    [
      'a database that is none',
      (url) => (url.pathname = '/nowhere'),
      /has no database nowhere\. Create it, or check DATABASE_REPLICA_URLS/,
    ],
    [
      'a wrong password',
      (url) => (url.password = 'wrong'),
      /refuses the role pmr_service .*check DATABASE_REPLICA_URLS/,
    ],
  ])('refuses %s in one sentence', async (_what, change, complaint) => {
    await expect(open(changed(change))).rejects.toThrow(complaint);
  });

  it('refuses a standby of another server', async () => {
    const others = await startReplicatedDatabase();
    await expect(open(others.standby.serviceUrl.replace(/:[^:@]*@/, ':x@'))).rejects.toThrow(
      /refuses the role/,
    );
    await expect(open(others.standby.serviceUrl)).rejects.toThrow(
      /does not replicate the server of DATABASE_URL\. List only streaming replicas of the primary\.$/,
    );
    await others.remove();
  }, 120_000);
});
