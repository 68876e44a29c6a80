import { Client } from 'pg';
import {
  formatInstant,
  formatRevenue,
  microsFromNumeric,
  parseInstant,
  parseRevenueShare,
  platformRevenueOf,
  revenueOf,
  type Instant,
  type RevenueShare,
} from '../../src/domain/index.js';
import { send } from '../support/http-client.js';
import { json2csvReport } from '../support/json2csv-report.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { ACME, allRows, askRevenue, BOLT, FINANCE, revenueReport } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

/** Texts that are difficult for CSV files: as names, and before an @ as e-mail addresses. */
const TEXTS = [
  'plain',
  'comma, separated',
  'a "quoted" one',
  '"',
  ',',
  'line\nfeed',
  'carriage\rreturn',
  'both\r\nof them, "quoted"',
  '=SUM(A1:A9)',
  '=1,"2"\n3',
  '+1',
  '-1',
  '@cmd',
  '\ttab',
  '\rcr',
  '\nlf',
  '  = after spaces',
  '＝1',
  '＋1, and',
  '－1',
  '＠x',
  ...[...'\u00A0\u1680\u2000\u2003\u200A\u202F\u205F\u3000'].map((space) => `${space}=1`),
  '\u200B=1',
  'x;=1+1;y',
  'tab\u2069; ＝1',
  '\u180E=1',
  '−1', // U+2212
  ' leading space',
  'trailing space ',
  "'=1",
  '🚀 emoji 👩‍👩‍👧, joined',
  '🚀=1',
  'שלום, עולם',
  '\u202Ertl "x"',
  'عربى=1',
  'é combined e\u0301',
  'back\\slash \\n',
  '$1 $$ %s',
  '0',
  '0=1',
  'ÄÖÜ',
  '日本語、見積',
  'semi;colon',
];

describe('the CSV of GET /api/revenue, byte by byte', () => {
  let service: TestService;
  let owner: Client;

  beforeAll(async () => {
    service = await startTestService();
    const records = [...revenuePlatform(), ...oddModules(), ...oddMoments()];
    expect((await importRecords(service.app, records)).refusals).toEqual([]);
    owner = new Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
    // Written directly into the tables, because no route accepts some of these.
    for (const [index, text] of TEXTS.entries()) {
      await owner.query('UPDATE modules SET name = $2 WHERE id = $1', [`odd-${index}`, text]);
      const address = `${text.replace(/^@/, '-')}@x, "y"`;
      await owner.query('UPDATE users SET email = $2 WHERE id = $1', [`u-${index}`, address]);
    }
    const set = { method: 'PUT', token: tokenOf('root', ['admin']), body: { value: '12.3456' } };
    expect((await send(`${service.url}/api/variables/partnerRevenueShare`, set)).status).toBe(200);
  });
  afterAll(async () => {
    await owner.end();
    await service.close();
  });

  const expectSame = async (query: string, token: string): Promise<number> => {
    const rows = await allRows(service, query, token);
    const report = await revenueReport(service, query, token);
    const { text } = await askRevenue(service, `format=csv&${query}`, token);
    const zone = new URLSearchParams(query).get('timeZone');
    expect(text.split('\r\n')).toEqual(
      json2csvReport(rows, report, token === FINANCE ? 'all' : 'of a partner', zone).split('\r\n'),
    );
    return rows.length;
  };

  describe.each(['createdAt', 'revenue', 'creditCost', 'moduleName'])('sorted by %s', (sort) => {
    it.each(['asc', 'desc'])('equals json2csv of the JSON rows: %s', async (order) => {
      for (const token of [FINANCE, ACME]) {
        const rows = await expectSame(`sort=${sort}&order=${order}&includeFree=true`, token);
        expect(rows).toBeGreaterThan(100);
      }
    });
  });

  it.each([
    ['', true],
    ['moduleId=odd-3', true],
    ['moduleId=odd-3&moduleId=a-maps&moduleId=odd-8&includeFree=true', true],
    ['startDate=2026-02-01&endDate=2026-03-31&timeZone=America/New_York', true],
    ['startDate=2026-04-01T00:00:00.000001Z&endDate=2026-04-01T00:00:00.123457Z&includeFree=true', true],
    ['startDate=0001-01-01&timeZone=Asia/Tokyo', true],
    ['endDate=2025-01-01', false],
  ])('does so with every filter: %s', async (query, hasRows) => {
    for (const token of [FINANCE, ACME]) {
      expect((await expectSame(query, token)) > 0).toBe(hasRows);
    }
  });

  it.each([
    'partnerId=acme&partnerId=bolt',
    'owner=platform',
    'owner=partner&sort=revenue',
    'partnerId=idle',
  ])('does so with the filters of finance: %s', async (query) => {
    await expectSame(query, FINANCE);
  });

  it('has rows whose instants and money have the form of the domain', async () => {
    const rows = await allRows(service, 'includeFree=true', FINANCE);
    const share = parseRevenueShare('12.3456') as RevenueShare;
    for (const row of rows) {
      const gross = microsFromNumeric(row.grossRevenue);
      const revenue = revenueOf(row.partnerId === null ? 0n : gross, share);
      expect([row.createdAt, row.revenue, row.platformRevenue]).toEqual([
        formatInstant(parseInstant(row.createdAt) as Instant),
        formatRevenue(revenue),
        formatRevenue(platformRevenueOf(gross, revenue)),
      ]);
    }
    const moments = rows.filter(({ deploymentId }) => deploymentId.startsWith('at-'));
    expect(moments.map(({ createdAt }) => createdAt.slice('2026-04-01T00:00:00'.length)).sort()).toEqual(
      // As they were sent: a whole second, three digits or six.
      [
        '.000001Z',
        '.001Z',
        '.010Z',
        '.100Z',
        '.120Z',
        '.123400Z',
        '.123450Z',
        '.123456Z',
        '.123Z',
        '.500Z',
        '.999999Z',
        'Z',
      ],
    );
  });

  it('does so for a partner with few rows', async () => {
    expect(await expectSame('', BOLT)).toBeGreaterThan(0);
  });
});

function oddModules(): TestRecord[] {
  return TEXTS.flatMap((_text, index) => {
    const [id, userId, moduleId] = [`o-${index}`, `u-${index}`, `odd-${index}`];
    return [
      { type: 'user', id: userId, email: `${index}@x`, roles: ['user'] },
      { type: 'module', id: moduleId, name: moduleId, partnerId: 'acme', creditCost: '1' },
      {
        type: 'purchase',
        externalId: `p-${index}`,
        userId,
        credits: '3',
        amount: `${index}.000007`,
        occurredAt: '2026-01-01T00:00:00Z',
      },
      { type: 'deployment', id, userId, moduleId, creditCost: '1.5', createdAt: '2026-03-01T00:00:00Z' },
    ];
  });
}

/** Instants with 0 to 6 fraction digits; some of them sort differently as text. */
function oddMoments(): TestRecord[] {
  const fractions = [
    '',
    '.1',
    '.12',
    '.123',
    '.1234',
    '.12345',
    '.123456',
    '.000001',
    '.999999',
    '.5',
    '.001',
    '.01',
  ];
  return fractions.map((fraction, index) => ({
    type: 'deployment',
    id: `at-${index}`,
    userId: 'u-0',
    moduleId: 'odd-0',
    creditCost: '0.01',
    createdAt: `2026-04-01T00:00:00${fraction}Z`,
  }));
}
