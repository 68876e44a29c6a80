import { once } from 'node:events';
import type { Connection, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { ReportReader } from '../../src/revenue/report/read-report.js';
import type { WantedReport } from '../../src/revenue/report/page-cursor.js';
import { send } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { picos, revenueReport } from '../support/revenue-client.js';
import { EVERYTHING } from '../support/revenue-filters.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('GET /api/revenue, in one snapshot', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  it('gives rows and totals of one snapshot, whatever is written meanwhile', async () => {
    const writes = Array.from({ length: 30 }, (_, index) => [
      { type: 'user', id: `late-${index}`, roles: ['user'] },
      {
        type: 'purchase',
        externalId: `late-${index}`,
        userId: `late-${index}`,
        credits: '7',
        amount: '1',
        occurredAt: '2026-01-02T00:00:00Z',
      },
      {
        type: 'deployment',
        id: `late-${index}`,
        userId: `late-${index}`,
        moduleId: 'b-solo',
        creditCost: '3',
        createdAt: '2026-01-05T00:00:00Z',
      },
    ]);
    const seen = new Set<number>();
    let isWriting = true;
    const lanes = [0, 1, 2, 3].map(async (lane) => {
      for (const records of writes.filter((_records, index) => index % 4 === lane)) {
        await importRecords(service.app, records);
      }
    });
    const written = Promise.all(lanes).finally(() => (isWriting = false));
    while (isWriting) {
      const { data, totals } = await revenueReport(service, 'limit=500&includeFree=true&partnerId=bolt');
      const gross = data.reduce((sum, row) => sum + picos(row.grossRevenue), 0n);
      expect([totals.deployments, picos(totals['grossRevenue'] as string)]).toEqual([data.length, gross]);
      seen.add(data.length);
    }
    await written;
    expect(seen.size).toBeGreaterThan(1);
  });

  it('reports no later time than that of its snapshot, however late the statement runs', async () => {
    const { totals } = await revenueReport(service, 'limit=1&includeFree=true');
    const dataSource = service.app.get(DataSource);
    const runner = dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    const carryOut = holdBack(client);
    const reading = new ReportReader().read(client, REPORT, { limit: 1 }, null);
    await once(client.connection, 'bindComplete');
    const [{ now }] = await dataSource.query<[{ now: string }]>('SELECT clock_timestamp() AS now');
    const late = { id: 'late', userId: 'ann', moduleId: 'b-solo', createdAt: '2026-01-05T00:00:00Z' };
    expect((await importRecords(service.app, [{ type: 'deployment', ...late }])).refusals).toEqual([]);
    carryOut();
    const report = await reading;
    await runner.release();
    expect(report.rest.totals.deployments).toBe(totals.deployments);
    expect(Date.parse(report.rest.snapshotAt)).toBeLessThanOrEqual(Date.parse(now));
  });

  it('applies the current share to all rows, exactly', async () => {
    const before = await revenueReport(service, 'limit=500');
    const change = (value: string) =>
      send(`${service.url}/api/variables/partnerRevenueShare`, {
        method: 'PUT',
        token: tokenOf('boss', ['admin']),
        body: { value },
      });
    expect((await change('33.3333')).status).toBe(200);
    const after = await revenueReport(service, 'limit=500');
    expect(after.partnerRevenueShare).toBe('33.3333');
    expect(after.data.map((row) => row.grossRevenue)).toEqual(before.data.map((row) => row.grossRevenue));
    const shareOf = (gross: string) => (picos(gross) * 333_333n) / 1_000_000n;
    for (const row of after.data) {
      expect(picos(row.revenue)).toBe(row.partnerId === null ? 0n : shareOf(row.grossRevenue));
    }
    const sum = after.data.reduce((total, row) => total + picos(row.revenue), 0n);
    expect(picos(after.totals['revenue'] as string)).toBe(sum);
    expect((await change('30')).status).toBe(200);
  });
});

const REPORT: WantedReport = {
  filter: EVERYTHING,
  order: { sort: 'createdAt', order: 'desc' },
  viewer: { kind: 'everybody' },
};

/** Makes the client's next statement take its snapshot and then wait until the returned function is called. */
function holdBack({ connection }: PoolClient): () => void {
  const held: (() => void)[] = [];
  const lasting: Pick<Connection, 'execute' | 'sync'> = {
    execute: connection.execute.bind(connection),
    sync: connection.sync.bind(connection),
  };
  connection.execute = (...portal) => void held.push(() => lasting.execute(...portal));
  connection.sync = () => {
    held.push(() => lasting.sync());
    connection.flush();
  };
  return () => {
    Object.assign(connection, lasting);
    for (const send of held) send();
  };
}
