import { request as httpRequest, type IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { parseCsv } from '../support/csv.js';
import { refusal, send } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { ACME, allRows, askRevenue, FINANCE, type Row } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';

const CSV = { accept: 'text/csv' };
const COMMON_HEADER =
  'Deployment ID,Module Name,Created At,Credit Cost,Free Credits,Purchased Credits,Gross Revenue,Partner Revenue Share %,Revenue,Currency';
const LAST_HEADER = 'Unpaid Credits,Refunded Credits';
const PARTNER_HEADER = `${COMMON_HEADER},${LAST_HEADER}`;
const FINANCE_HEADER = `${COMMON_HEADER},Partner ID,Partner Email,User ID,User Email,${LAST_HEADER}`;

describe('GET /api/revenue as CSV', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  it.each(['', 'sort=moduleName&order=asc&includeFree=true', 'moduleId=a-sum', 'sort=revenue', 'userId=ann'])(
    'has the rows of the JSON report, in its order: %s',
    async (query) => {
      const answer = await askRevenue(service, query, FINANCE, CSV);
      const [header, ...lines] = parseCsv(answer.text);
      expect(header).toEqual(FINANCE_HEADER.split(','));
      expect(lines).toEqual((await allRows(service, query)).map(cellsOf));
      expect(lines.length).toBeGreaterThan(0);
    },
  );

  it('has fewer columns for a partner, and nothing about customers', async () => {
    const answer = await askRevenue(service, 'includeFree=true', ACME, CSV);
    const [header, ...lines] = parseCsv(answer.text);
    expect(header).toEqual(PARTNER_HEADER.split(','));
    expect(lines).toEqual(
      (await allRows(service, 'includeFree=true', ACME)).map((row) => cellsOfPartner(row)),
    );
    expect(answer.text).not.toMatch(/ann|bob|cem|customers|Secret|bolt|acme/);
  });

  it('is UTF-8 without BOM, with CRLF after every line', async () => {
    const { text, headers } = await askRevenue(service, '', FINANCE, CSV);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(text.startsWith('Deployment ID,')).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('prevents spreadsheets from computing names', async () => {
    const { text } = await askRevenue(service, 'includeFree=true', FINANCE, CSV);
    expect(text).toContain(",'=SUM(A1:A9),");
    expect(text).toContain(",'\u3000＋1 集計,");
    expect(text).toContain(",' @solo,");
    expect(text).toContain(",'+sum@bolt.example,");
    expect(text).toContain(",'=cem@customers.example,");
    expect(text).toContain(',"Maps, ""big"" ones",');
  });

  it('has only the header if there are no rows', async () => {
    const { text, status } = await askRevenue(service, 'startDate=2031-01-01', ACME, CSV);
    expect([status, text]).toEqual([200, `${PARTNER_HEADER}\r\n`]);
  });

  it.each([
    ['', 'module-revenue.csv'],
    ['startDate=2026-01-01&endDate=2026-01-31', 'module-revenue_2026-01-01_to_2026-01-31.csv'],
    ['partnerId=acme&moduleId=a-maps&startDate=2026-01-01', 'module-revenue_acme_a-maps_from_2026-01-01.csv'],
    [
      'moduleId=a-maps&moduleId=b-solo&endDate=2026-01-01T00:00:00Z',
      'module-revenue_2-modules_until_2026-01-01T00-00-00Z.csv',
    ],
    ['userId=ann', 'module-revenue_of-ann.csv'],
    ['userId=ann&userId=bob&moduleId=a-maps', 'module-revenue_a-maps_of-2-customers.csv'],
    ['owner=platform&includeFree=true', 'module-revenue_platform-modules_with-free.csv'],
    ['startDate=2026-01-01&timeZone=Europe/Berlin', 'module-revenue_from_2026-01-01_Europe-Berlin.csv'],
  ])('is named after its filter and dates: %s', async (query, name) => {
    const { headers } = await askRevenue(service, query, FINANCE, CSV);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
  });

  it('is selected by Accept or format, and format wins', async () => {
    const typeOf = async (query: string, accept: string) =>
      (await askRevenue(service, query, FINANCE, { accept })).headers.get('content-type')?.split(';')[0];
    expect(await typeOf('format=csv', '*/*')).toBe('text/csv');
    expect(await typeOf('format=csv', 'application/json')).toBe('text/csv');
    expect(await typeOf('format=json', 'text/csv')).toBe('application/json');
    expect(await typeOf('', '*/*')).toBe('application/json');
    expect(await typeOf('', 'text/csv;q=0.9, application/json;q=0.1')).toBe('text/csv');
    refusal(await askRevenue(service, '', FINANCE, { accept: 'text/html' }), 406);
  });

  it('answers HEAD with headers only', async () => {
    const answer = await send(`${service.url}/api/revenue?format=csv`, { method: 'HEAD', token: FINANCE });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="module-revenue.csv"');
    await allIdle(service);
  });

  it.each([
    ['gzip', true],
    ['deflate, gzip;q=0.5', true],
    ['identity', false],
    ['gzip;q=0', false],
    ['br', false],
  ])('is compressed if gzip is requested: %s', async (encoding, isCompressed) => {
    const plain = await askRevenue(service, 'format=csv&includeFree=true', ACME);
    const answer = await begin(service, encoding);
    const bytes = Buffer.concat(await answer.toArray());
    const file = isCompressed ? gunzipSync(bytes) : bytes;
    expect(file.toString()).toBe(plain.text);
    expect(answer.headers['content-encoding']).toBe(isCompressed ? 'gzip' : undefined);
    expect(answer.headers.vary).toMatch(/Accept-Encoding/);
  });

  it.each(['limit=5', 'cursor=abc', 'limit=50'])('has no pages: %s is 400', async (query) => {
    refusal(await askRevenue(service, query, FINANCE, CSV), 400);
  });

  it.each([
    ['moduleId=b-solo', 404],
    ['startDate=2026-02-30', 400],
    ['owner=platform', 403],
    ['userId=ann', 403],
  ])('is refused like the JSON report: %s', async (query, status) => {
    refusal(await askRevenue(service, query, ACME, CSV), status);
  });

  describe('a long export', () => {
    let rows: number;

    beforeAll(async () => {
      rows = await multiplyRows(service, 1_500);
    }, 120_000);

    it('is complete', async () => {
      const { text } = await askRevenue(service, 'includeFree=true', ACME, CSV);
      const ids = text
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.slice(0, line.indexOf(',')));
      expect(ids).toHaveLength(rows);
      expect(new Set(ids).size).toBe(rows);
    });

    it.each(['identity', 'gzip'])(
      'waits for its reader, and frees the connection within 2 s when the reader leaves: %s',
      async (encoding) => {
        const answer = await begin(service, encoding);
        answer.pause();
        await until(async () => (await busyExports(service)) === 1);
        answer.destroy();
        const left = Date.now();
        await until(async () => (await busyExports(service)) === 0);
        expect(Date.now() - left).toBeLessThan(2_000);
        await allIdle(service);
      },
    );

    it('frees the connection during a query as well', async () => {
      const locker = await ownerClient(service);
      await locker.query('BEGIN; LOCK TABLE modules');
      const request = open(service);
      request.on('error', () => {});
      await until(async () => (await busyExports(service)) === 1);
      request.destroy();
      const left = Date.now();
      await until(async () => (await busyExports(service)) === 0);
      expect(Date.now() - left).toBeLessThan(2_000);
      await locker.query('ROLLBACK');
      await locker.end();
      await allIdle(service);
    });

    it.each(['identity', 'gzip'])('breaks the connection if it cannot be completed: %s', async (encoding) => {
      const answer = await begin(service, encoding);
      expect(answer.headers['content-encoding']).toBe(encoding === 'gzip' ? 'gzip' : undefined);
      answer.pause();
      await until(async () => (await busyExports(service)) === 1);
      await asService(service, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${EXPORTING}`);
      await expect(readToEnd(answer)).rejects.toThrow(/aborted|ECONNRESET/);
      await allIdle(service);
    });
  });
});

/**
 * Copies partner rows directly into the table, so that a response is longer than all buffers, even compressed: its
 * digests do not compress.
 */
async function multiplyRows(service: TestService, times: number): Promise<number> {
  const owner = await ownerClient(service);
  await owner.query(`
    INSERT INTO deployment_revenue
    SELECT user_id, deployment_id || '.' || md5(copy || deployment_id) || md5(deployment_id || copy), module_id, partner_id, deployed_at, credit_cost, free_credits,
           purchased_credits, unpaid_credits, refunded_credits, gross_revenue, shared_gross
      FROM deployment_revenue, generate_series(1, ${times}) AS copy WHERE partner_id = 'acme'`);
  // Otherwise it depends on autovacuum whether the planner uses parallel workers.
  await owner.query('ANALYZE deployment_revenue');
  const { rows } = await owner.query<{ count: string }>(
    `SELECT count(*) FROM deployment_revenue WHERE partner_id = 'acme'`,
  );
  await owner.end();
  return Number(rows[0]?.count);
}

/** Only the sessions themselves, because parallel workers are listed with the query of their leader. */
const EXPORTING = `datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
  AND state <> 'idle' AND query ~ '^COPY'`;

async function busyExports(service: TestService): Promise<number> {
  const rows = await asService<{ count: string }>(
    service,
    `SELECT count(*) FROM pg_stat_activity WHERE ${EXPORTING}`,
  );
  return Number(rows[0]?.count);
}

/** Runs a query with the service's role, which is the only one that sees the activity of its sessions. */
async function asService<Row extends object>(service: TestService, query: string): Promise<Row[]> {
  const client = new Client({ connectionString: service.database.serviceUrl });
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end();
  }
}

async function ownerClient(service: TestService): Promise<Client> {
  const client = new Client({ connectionString: service.database.ownerUrl });
  await client.connect();
  return client;
}

/** Waits until every connection is back in the pool. */
function allIdle(service: TestService): Promise<void> {
  const isAllIdle = () => poolOf(service).idleCount === poolOf(service).totalCount;
  return until(() => Promise.resolve(isAllIdle()));
}

function poolOf(service: TestService): { readonly idleCount: number; readonly totalCount: number } {
  return (
    service.app.get(DataSource).driver as unknown as { master: { idleCount: number; totalCount: number } }
  ).master;
}

function open(service: TestService, encoding = 'identity') {
  const request = httpRequest(`${service.url}/api/revenue?includeFree=true&format=csv`, {
    headers: { authorization: `Bearer ${ACME}`, 'accept-encoding': encoding },
  });
  request.end();
  return request;
}

function begin(service: TestService, encoding?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) =>
    open(service, encoding).once('response', resolve).once('error', reject),
  );
}

async function readToEnd(answer: IncomingMessage): Promise<void> {
  await finished(answer.resume());
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come about within 5 s.');
}

/** The expected line of a row, computed by hand from the JSON report. */
/** Without the columns of finance. */
function cellsOfPartner(row: Row): string[] {
  return [...cellsOf(row).slice(0, 10), ...cellsOf(row).slice(-2)];
}

function cellsOf(row: Row): string[] {
  const named = (text: string | null | undefined) =>
    text !== null && text !== undefined && /^[ \u3000]*[=+@-]|^[ \u3000]*[＝＋－＠]/.test(text)
      ? `'${text}`
      : (text ?? '');
  return [
    row.deploymentId,
    named(row.moduleName),
    row.createdAt,
    row.creditCost,
    row.freeCredits,
    row.purchasedCredits,
    row.grossRevenue,
    '30',
    row.revenue,
    'USD',
    row.partnerId ?? '',
    named(row.partnerEmail),
    row.userId ?? '',
    named(row.userEmail),
    row.unpaidCredits,
    row.refundedCredits,
  ];
}
