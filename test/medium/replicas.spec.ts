import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { revenueReport } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { startReplicatedDatabase, type ReplicatedDatabase } from '../support/standby.js';

const PATIENCE_MS = 20_000;

/** Reads of the service, by where they went. */
interface Reads {
  readonly replica: number;
  readonly behind: number;
  readonly unreachable: number;
  readonly conflict: number;
}

describe('reports on a streaming replica', () => {
  let servers: ReplicatedDatabase;
  let service: TestService;

  beforeAll(async () => {
    servers = await startReplicatedDatabase();
    service = await startTestService({
      database: servers.database,
      env: { DATABASE_REPLICA_URLS: servers.standby.serviceUrl },
    });
    await importRecords(service.app, revenuePlatform());
  }, 120_000);
  afterAll(async () => {
    await service?.close();
    await servers?.remove();
  });
  beforeEach(() => usable(1));

  const reads = async (): Promise<Reads> => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const of = (metric: string): number => {
      const line = text.split('\n').find((candidate) => candidate.startsWith(metric));
      return Number(line?.slice(metric.length));
    };
    const fallbacks = (reason: string): number =>
      of(`database_replica_fallbacks_total{replica="1",reason="${reason}"} `);
    return {
      replica: of('database_replica_reads_total{replica="1"} '),
      behind: fallbacks('behind'),
      unreachable: fallbacks('unreachable'),
      conflict: fallbacks('conflict'),
    };
  };
  const usable = async (count: number): Promise<void> => {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const ready = (await send(`${service.url}/api/health/ready`)).json<{ replicas: unknown }>();
      try {
        expect(ready).toEqual({ status: 'ok', replicas: { configured: 1, usable: count } });
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await sleep(50);
      }
    }
  };

  it('are read there', async () => {
    const before = await reads();
    const report = await revenueReport(service, 'limit=500&includeFree=true');
    expect(report.totals.deployments).toBe(120);
    expect(await reads()).toEqual({ ...before, replica: before.replica + 1 });
    expect(servers.standby.log).toMatch(/execute prepared_\w+: SELECT [^]*deployment_revenue/);
  });
});
