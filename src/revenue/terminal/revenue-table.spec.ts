import type { RevenueReport } from '../report/revenue-report.js';
import { revenueTable } from './revenue-table.js';

type Changes = Partial<Pick<RevenueReport, 'data' | 'totals' | 'currency'>> & {
  readonly filter?: Partial<RevenueReport['filter']>;
};

const ROW = {
  deploymentId: 'd-1',
  moduleId: 'm',
  moduleName: '地図, maps',
  createdAt: '2026-05-01T09:30:00Z',
  creditCost: '12.5',
  freeCredits: '4',
  purchasedCredits: '8.5',
  unpaidCredits: '0',
  refundedCredits: '0',
  grossRevenue: '0.85',
  partnerRevenueShare: '30',
  revenue: '0.255',
};

function report(changes: Changes = {}): RevenueReport {
  return {
    data: [ROW],
    totals: { ...ROW, deployments: 1 },
    partnerRevenueShare: '30',
    shares: [{ from: null, to: null, value: '30' }],
    currency: 'EUR',
    snapshotAt: '2026-06-01T00:00:00Z',
    page: { limit: 20, nextCursor: null, prevCursor: null },
    ...changes,
    filter: {
      startDate: null,
      endDate: null,
      from: null,
      to: null,
      timeZone: 'UTC',
      moduleIds: [],
      exceptModuleIds: [],
      userIds: [],
      partnerIds: ['acme'],
      owner: null,
      includeFree: false,
      sort: 'createdAt',
      order: 'desc',
      ...changes.filter,
    },
  };
}

const NOTHING = { data: [], totals: { ...ROW, deployments: 0 } };

describe('the Module Revenue table', () => {
  it('shows exact figures on the right, above their totals', () => {
    expect(revenueTable(report(), '30 %').split('\n')).toEqual([
      "Module Revenue of acme, of all time, in EUR; the partner's share is 30 %",
      '┌──────────────────────┬────────────┬────────────┬─────────┬──────┬───────────┬───────┬─────────┐',
      '│ Created at           │ Deployment │ Module     │ Credits │ Free │ Purchased │ Gross │ Revenue │',
      '├──────────────────────┼────────────┼────────────┼─────────┼──────┼───────────┼───────┼─────────┤',
      '│ 2026-05-01T09:30:00Z │ d-1        │ 地図, maps │    12.5 │    4 │       8.5 │  0.85 │   0.255 │',
      '├──────────────────────┴────────────┴────────────┼─────────┼──────┼───────────┼───────┼─────────┤',
      '│ Total of 1 deployment                          │    12.5 │    4 │       8.5 │  0.85 │   0.255 │',
      '└────────────────────────────────────────────────┴─────────┴──────┴───────────┴───────┴─────────┘',
    ]);
  });

  it('draws lines around the totals and none between rows', () => {
    const lines = revenueTable(report({ data: [ROW, ROW, ROW] }), '30 %').split('\n');
    expect(lines.filter((line) => line.startsWith('├'))).toHaveLength(2);
  });

  it.each([
    ['KWD', '│ 0.850 │   0.255 │'],
    ['JPY', '│  0.85 │   0.255 │'],
    ['USD', '│ 12.00 │ 3.6000001 │'],
  ])('writes money with the places of %s', (currency, cells) => {
    const row = currency === 'USD' ? { ...ROW, grossRevenue: '12', revenue: '3.6000001' } : ROW;
    const text = revenueTable(report({ currency, data: [row], totals: { ...row, deployments: 1 } }), '30 %');
    expect(text.split('\n').filter((line) => line.includes(cells))).toHaveLength(2);
  });

  it('keeps the direction and the width of its lines, whatever characters a name contains', () => {
    const plain = revenueTable(report({ data: [{ ...ROW, moduleName: 'evil gpj.exe' }] }), '30 %');
    const moduleName = '\uFEFFevil \u202Egpj\u200B.exe\u2066';
    expect(revenueTable(report({ data: [{ ...ROW, moduleName }] }), '30 %')).toBe(plain);
    // Some scripts and emoji need joiners.
    expect(revenueTable(report({ data: [{ ...ROW, moduleName: 'می‌خواهم' }] }), '30 %')).toContain('می‌خواهم');
  });

  it('shows unpaid and refunded credits if there are any', () => {
    const row = { ...ROW, unpaidCredits: '1', refundedCredits: '0.5' };
    const text = revenueTable(report({ data: [row], totals: { ...row, deployments: 1 } }), '30 %');
    expect(text).toContain('│ Unpaid │ Refunded │');
    expect(revenueTable(report(), '30 %')).not.toMatch(/Unpaid|Refunded/);
  });

  it('shows that the rows are the latest of more', () => {
    const text = revenueTable(report({ totals: { ...ROW, deployments: 812 } }), '30 %');
    expect(text).toMatch(/Total of 812 deployments/);
    expect(text.split('\n').at(-1)).toBe('These are the latest 1 of 812 deployments.');
  });

  it('explains why it is empty', () => {
    const may = {
      startDate: '2026-05-01',
      endDate: '2026-05-31',
      from: '2026-05-01T00:00:00Z',
      to: '2026-06-01T00:00:00Z',
    };
    expect(revenueTable(report({ ...NOTHING, filter: may }), '30 %', '2026-04-30T10:00:00Z')).toBe(
      "Module Revenue of acme, from 2026-05-01 to 2026-05-31 (UTC), in EUR; the partner's share is 30 %\n" +
        'No deployment gave revenue in this range; the last revenue was at 2026-04-30T10:00:00Z.',
    );
    expect(revenueTable(report({ ...NOTHING, filter: may }), '30 %')).toMatch(
      /No deployment gave revenue in this range; there has been no revenue at all\.$/,
    );
    expect(revenueTable(report(NOTHING), '30 %')).toMatch(/No deployment gave revenue so far\.$/);
    expect(revenueTable(report({ ...NOTHING, filter: { includeFree: true } }), '30 %')).toMatch(
      /Nothing was deployed so far\.$/,
    );
  });
});
