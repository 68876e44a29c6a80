import { refusedFields, send, type Answer } from '../support/http-client.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const FINANCE = tokenOf('clerk', ['finance']);
const at = (day: number, month = '05'): string => `2026-${month}-${String(day).padStart(2, '0')}T12:00:00Z`;

const user = (id: string, email: string, roles = ['user']): TestRecord => ({
  type: 'user',
  id,
  email,
  roles,
});
const published = (id: string, partnerId: string): TestRecord => ({
  ...{ type: 'module', id, name: id, partnerId, creditCost: '10' },
});
const purchase = (id: string, userId: string, occurredAt: string): TestRecord => ({
  ...{ type: 'purchase', externalId: id, userId, credits: '1000', amount: '100', occurredAt },
});
const deployment = (
  id: string,
  userId: string,
  moduleId: string,
  createdAt: string,
  creditCost = '10',
): TestRecord => ({
  ...{ type: 'deployment', id, userId, moduleId, createdAt, creditCost },
});

const refund = (id: string, deploymentId: string): TestRecord => ({
  ...{ type: 'refund', externalId: id, deploymentId, occurredAt: at(10) },
});
const reversal = (id: string, purchaseExternalId: string, more: object = {}): TestRecord => ({
  ...{ type: 'purchaseReversal', externalId: id, purchaseExternalId, occurredAt: at(25) },
  ...more,
});

const EMAILS: Readonly<Record<string, string>> = {
  sister: 'sister@MAPS.example',
  cousin: 'cousin@maps.example',
  twin: 'Pia@maps.EXAMPLE',
  gmail: 'x@gmail.com',
  robs: 'ROB@gmail.com',
};
const BUYERS =
  'whale circle sister twin robs gmail victim plain twice many zero left right lucky spare late'.split(' ');

/** Customers for each kind of signal: one credit costs 0.1. */
const PLANTED: TestRecord[] = [
  deployment('w', 'whale', 'maps', at(3), '70'),
  deployment('s', 'sister', 'maps', at(4), '20'),
  deployment('t', 'twin', 'maps', at(4), '5'),
  deployment('rs', 'robs', 'robot', at(4), '5'),
  ...[1, 2, 3, 4].map((n) => deployment(`c${n}`, 'circle', 'robot', at(5 + n))),
  ...[1, 2, 3].map((n) => refund(`rc${n}`, `c${n}`)),
  deployment('v-april', 'victim', 'robot', at(20, '04'), '3'),
  deployment('v', 'victim', 'robot', at(7), '7'),
  deployment('p-april', 'plain', 'robot', at(20, '04'), '4'),
  deployment('p', 'plain', 'robot', at(8), '8'),
  deployment('q', 'plain', 'maps', at(9), '10'),
  reversal('back', 'buy-plain'),
];

/** Customers just short of each threshold. */
const HARMLESS: TestRecord[] = [
  // Exactly half of a partner's revenue, and the partner's own deployment.
  deployment('l', 'left', 'half', at(5)),
  deployment('r', 'right', 'half', at(5)),
  deployment('own', 'eva', 'half', at(5)),
  // Two refunds; three of seven; three of three, with credits of another month.
  ...[1, 2, 3].map((n) => deployment(`d${n}`, 'twice', 'robot', at(5))),
  ...[1, 2].map((n) => refund(`rd${n}`, `d${n}`)),
  ...[1, 2, 3, 4, 5, 6, 7].map((n) => deployment(`m${n}`, 'many', 'robot', at(5), '5')),
  ...[1, 2, 3].map((n) => refund(`rm${n}`, `m${n}`)),
  purchase('buy-earlier', 'earlier', at(1, '04')),
  ...[1, 2, 3].map((n) => deployment(`e${n}`, 'earlier', 'robot', at(5))),
  ...[1, 2, 3].map((n) => refund(`re${n}`, `e${n}`)),
  // An address of a public mail service, and a related customer of another month.
  deployment('g', 'gmail', 'robot', at(6)),
  deployment('k', 'cousin', 'maps', at(6, '04')),
  // A deployment that cost nothing before.
  deployment('z-april', 'zero', 'robot', at(20, '04'), '0'),
  deployment('z', 'zero', 'robot', at(8), '5'),
  // A reversal that was released, one of a purchase that paid for nothing, and one before the deployment.
  deployment('y', 'lucky', 'robot', at(8), '5'),
  reversal('back-lucky', 'buy-lucky'),
  { type: 'reversalRelease', externalId: 'again', reversalExternalId: 'back-lucky', occurredAt: at(26) },
  purchase('buy-spare-2', 'spare', at(2)),
  deployment('x', 'spare', 'robot', at(8), '5'),
  reversal('back-spare', 'buy-spare-2'),
  deployment('u', 'late', 'robot', at(27), '5'),
  reversal('back-late', 'buy-late', { credits: '500' }),
];

const RECORDS: TestRecord[] = [
  user('pia', 'pia@maps.example', ['partner']),
  user('rob', 'rob@gmail.com', ['partner']),
  user('eva', 'eva@half.example', ['partner']),
  published('maps', 'pia'),
  published('robot', 'rob'),
  published('half', 'eva'),
  ...[...BUYERS, 'cousin', 'earlier'].map((id) => user(id, EMAILS[id] ?? `${id}@own-${id}.example`)),
  ...BUYERS.map((id) => purchase(`buy-${id}`, id, at(1))),
  ...PLANTED,
  ...HARMLESS,
];

interface Signal {
  readonly kind: string;
  readonly sentence: string;
  readonly userId: string;
  readonly partnerId: string;
  readonly figures: Readonly<Record<string, string>>;
}

interface SignalsOfMonth {
  readonly month: string;
  readonly data: readonly Signal[];
  readonly counts: Readonly<Record<string, number>>;
}

describe('GET /api/signals', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, RECORDS)).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  const ask = (query: string): Promise<Answer> =>
    send(`${service.url}/api/signals${query}`, { token: FINANCE });

  it('lists what is above a threshold, with figures and rows, and nothing else', async () => {
    const { data, counts } = (await ask('?month=2026-05')).json<SignalsOfMonth>();
    const of = (kind: string): unknown[] => data.filter((signal) => signal.kind === kind);
    expect(of('reversedRevenue')).toMatchObject([
      {
        userId: 'plain',
        partnerId: 'rob',
        figures: { purchase: 'buy-plain', reversedValue: '100', paidValue: '1.2', stillPaidValue: '0' },
        deploymentIds: ['p', 'p-april'],
      },
      { userId: 'plain', partnerId: 'pia', figures: { paidValue: '1' }, deploymentIds: ['q'] },
    ]);
    expect(of('oneCustomer')).toEqual([
      {
        kind: 'oneCustomer',
        userId: 'whale',
        partnerId: 'pia',
        moduleId: null,
        figures: { gross: '7', partnerGross: '9.5' },
        deploymentIds: ['w'],
        sentence: 'whale brought 7 USD of the 9.5 USD that the modules of pia earned in the month.',
      },
    ]);
    expect(of('refundedInCircles')).toMatchObject([
      {
        userId: 'circle',
        moduleId: 'robot',
        figures: { deployments: '4', refunded: '3', refundedCredits: '30' },
        deploymentIds: ['c1', 'c2', 'c3'],
      },
    ]);
    expect(of('related')).toMatchObject([
      {
        userId: 'sister',
        partnerId: 'pia',
        figures: { gross: '2', sameAddress: 'false' },
        deploymentIds: ['s'],
      },
      { userId: 'robs', partnerId: 'rob', figures: { gross: '0.5', sameAddress: 'true' } },
      { userId: 'twin', partnerId: 'pia', figures: { gross: '0.5', sameAddress: 'true' } },
    ]);
    expect(of('costlierThanBefore')).toMatchObject([
      { userId: 'victim', figures: { creditCost: '7', previousCost: '3' }, deploymentIds: ['v'] },
    ]);
    expect(counts).toEqual({
      reversedRevenue: 2,
      oneCustomer: 1,
      refundedInCircles: 1,
      related: 3,
      costlierThanBefore: 1,
    });
  });

  it('has a sentence with the figures for each signal', async () => {
    const { data } = (await ask('?month=2026-05')).json<SignalsOfMonth>();
    for (const { sentence, userId, partnerId, figures } of data) {
      const named = Object.entries(figures).filter(([name]) => name !== 'sameAddress');
      for (const text of [userId, partnerId, ...named.map(([, figure]) => figure)]) {
        expect(sentence).toContain(text);
      }
    }
    expect(data.length).toBeGreaterThan(0);
  });

  it('is empty for a month without deployments', async () => {
    const { data, counts } = (await ask('?month=2026-03')).json<SignalsOfMonth>();
    expect([data, Object.values(counts)]).toEqual([[], [0, 0, 0, 0, 0]]);
  });

  it('is about the last whole month if no month is given, and refuses other formats', async () => {
    expect((await ask('')).json<SignalsOfMonth>().month).toMatch(/^\d{4}-\d\d$/);
    for (const month of ['2026-5', '2026-13', '2026-05-01', 'may']) {
      expect(refusedFields(await ask(`?month=${month}`))).toEqual(['query.month']);
    }
  });
});
