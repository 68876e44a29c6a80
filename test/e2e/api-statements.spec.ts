import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { CLOSING_LOCK } from '../../src/variables/index.js';
import { refusal, send, type Answer } from '../support/http-client.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const HISTORY: readonly TestRecord[] = [
  { type: 'user', id: 'acme', email: 'hello@acme.example', roles: ['partner'] },
  { type: 'user', id: 'bolt', email: '=bolt@bolt.example', roles: ['partner'] },
  { type: 'user', id: 'ann', roles: ['user'] },
  { type: 'module', id: 'maps', name: '=Maps, "big"', partnerId: 'acme', creditCost: '10' },
  { type: 'module', id: 'mail', name: 'Mail', partnerId: 'bolt', creditCost: '10' },
  {
    type: 'purchase',
    externalId: 'buy',
    userId: 'ann',
    credits: '100',
    amount: '33.35',
    occurredAt: '2026-01-01T00:00:00Z',
  },
  ...['maps', 'maps', 'mail'].map((moduleId, index) => ({
    type: 'deployment',
    id: `d${index}`,
    userId: 'ann',
    moduleId,
    createdAt: `2026-01-1${index}T00:00:00Z`,
  })),
];

const GIFT: TestRecord = {
  type: 'award',
  externalId: 'gift',
  userId: 'ann',
  credits: '10',
  occurredAt: '2026-01-02T00:00:00Z',
};

interface Statement {
  readonly id: string;
  readonly digest: string;
  readonly paid: string;
  readonly open: string;
  readonly status: string;
}

describe('statements over HTTP', () => {
  let service: TestService;
  const finance = tokenOf('cfo', ['finance']);
  const acme = tokenOf('acme', ['partner']);

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, HISTORY)).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  const get = (path: string, token = finance, headers = {}): Promise<Answer> =>
    send(`${service.url}/api/${path}`, { token, headers });
  const post = (path: string, body: object, token = finance, headers = {}): Promise<Answer> =>
    send(`${service.url}/api/${path}`, { method: 'POST', token, body, headers });
  const pay = (body: object, headers = {}): Promise<Answer> =>
    post('statements/acme.2026-01/payments', { paidAt: '2026-02-05T00:00:00Z', ...body }, finance, headers);

  it('previews a closing, closes the month once, and repeats the answer', async () => {
    const preview = await post('statements/closings/preview', { month: '2026-01' });
    expect(preview.json()).toMatchObject({
      data: [
        { partnerId: 'acme', deployments: 2, revenue: '2.001', payable: '2', carried: '0.001' },
        { partnerId: 'bolt', deployments: 1, revenue: '1.0005', payable: '1', carried: '0.0005' },
      ],
      totals: { deployments: 3, grossRevenue: '10.005', payable: '3' },
    });
    const headers = { 'idempotency-key': 'close' };
    const closed = await post('statements/closings', { month: '2026-01' }, finance, headers);
    expect(closed.status).toBe(201);
    const again = await post('statements/closings', { month: '2026-01' }, finance, headers);
    expect([again.status, again.json()]).toEqual([201, closed.json()]);
    const known = await post('statements/closings', { month: '2026-01' });
    expect([known.status, known.json()]).toEqual([200, closed.json()]);
    expect((await get('statements/closings')).json()).toEqual({ data: [closed.json()] });
    expect((await get('statements/closings/2026-01')).json()).toEqual(closed.json());
    const audit = await send(`${service.url}/api/audit?action=statements.close`, {
      token: tokenOf('root', ['admin']),
    });
    expect(audit.json<{ data: object[] }>().data).toMatchObject([
      { outcome: 'known', target: '2026-01' },
      { outcome: 'done', target: '2026-01', actor: 'cfo' },
    ]);
  });

  it('are named by a reversal that changes their deployments, to finance alone', async () => {
    const reverse = (token: string): Promise<Answer> =>
      post('credits/purchases/buy/reversals?preview=true', { occurredAt: '2026-02-01T00:00:00Z' }, token);
    const changes = {
      changedPartners: ['acme', 'bolt'],
      changedStatements: ['acme.2026-01', 'bolt.2026-01'],
    };
    expect((await reverse(finance)).json()).toMatchObject(changes);
    expect((await reverse(tokenOf('backend', ['platform']))).json()).not.toHaveProperty('changedStatements');
  });

  it('answers exactly the bytes of the digest', async () => {
    const { digest } = (await get('statements/acme.2026-01')).json<Statement>();
    for (const token of [finance, acme]) {
      const bytes = await get('statements/acme.2026-01', token, { accept: 'application/x-ndjson' });
      expect(createHash('sha256').update(bytes.text).digest('hex')).toBe(digest);
      expect(bytes.text.split('\n')).toHaveLength(4);
    }
  });

  it('shows lines page by page, and the same as CSV', async () => {
    const first = (await get('statements/acme.2026-01/lines?limit=1')).json<{
      data: object[];
      page: { nextCursor: string };
    }>();
    expect(first.data).toEqual([
      {
        kind: 'revenue',
        deploymentId: 'd0',
        moduleId: 'maps',
        moduleName: '=Maps, "big"',
        createdAt: '2026-01-10T00:00:00Z',
        creditCost: '10',
        freeCredits: '0',
        purchasedCredits: '10',
        unpaidCredits: '0',
        refundedCredits: '0',
        grossRevenue: '3.335',
        partnerRevenueShare: '30',
        revenue: '1.0005',
      },
    ]);
    const second = await get(`statements/acme.2026-01/lines?cursor=${first.page.nextCursor}`);
    expect(second.json()).toMatchObject({ data: [{ deploymentId: 'd1' }], page: { nextCursor: null } });
    const csv = await get('statements/acme.2026-01/lines?format=csv&timeZone=Europe/Berlin');
    expect(csv.text.split('\r\n')[1]).toBe(
      `revenue,d0,maps,"'=Maps, ""big""",2026-01-10T00:00:00Z,2026-01-10T01:00:00+01:00,10,0,10,0,0,3.335,,,,30,1.0005,,,`,
    );
    expect(refusal(await get('statements/bolt.2026-01/lines', acme), 404).code).toBe('STATEMENTS.NOT_FOUND');
  });

  it('adds up the lines by module, for those who see the statement', async () => {
    const { data } = (await get('statements/acme.2026-01/modules', acme)).json<{ data: object[] }>();
    expect(data).toEqual([
      {
        moduleId: 'maps',
        moduleName: '=Maps, "big"',
        deployments: 2,
        purchasedCredits: '20',
        grossRevenue: '6.67',
        revenue: '2.001',
        adjustedDeployments: 0,
        adjustments: '0',
      },
    ]);
    expect(refusal(await get('statements/bolt.2026-01/modules', acme), 404).code).toBe(
      'STATEMENTS.NOT_FOUND',
    );
  });

  it('shows partners the month of a cause, and finance the entry', async () => {
    await importRecords(service.app, [GIFT]);
    const changes = async (token: string): Promise<unknown> =>
      (await get('statements/acme.2026-01/changes', token)).json();
    const line = { deploymentId: 'd0', statedGross: '3.335', grossNow: '0', corrects: 'acme.2026-01' };
    expect(await changes(acme)).toEqual({
      settled: [],
      open: [
        expect.objectContaining({ ...line, causes: [{ type: 'award', month: '2026-01', part: '-3.335' }] }),
      ],
    });
    expect(await changes(finance)).toMatchObject({
      open: [{ ...line, causes: [{ type: 'award', entryId: 'gift', occurredAt: '2026-01-02T00:00:00Z' }] }],
    });
    expect((await get('statements/current', acme)).json()).toMatchObject({
      opening: '0.001',
      adjustments: '-1.0005',
      open: [line],
      due: '-0.9995',
      months: expect.arrayContaining([
        expect.objectContaining({ month: '2026-02', revenue: '0' }),
      ]) as unknown,
    });
    expect(refusal(await get('statements/current')).code).toBe('REQUEST.INVALID');
  });

  it('records payments within what is open, once, and reverses them once', async () => {
    expect((await pay({ externalId: 'p1', amount: '1.5' })).json()).toMatchObject({
      payment: { externalId: 'p1', amount: '1.5', reversedBy: null },
      statement: { paid: '1.5', open: '0.5', status: 'partlyPaid' },
    });
    expect((await pay({ externalId: 'p1', amount: '1.5' })).status).toBe(200);
    expect(refusal(await pay({ externalId: 'p1', amount: '1' }), 409).code).toBe(
      'STATEMENTS.PAYMENT_CONFLICT',
    );
    expect(refusal(await pay({ amount: '0.51' }), 422).code).toBe('STATEMENTS.MORE_THAN_OPEN');
    expect(refusal(await pay({ amount: '0.001' })).code).toBe('STATEMENTS.TOO_MANY_PLACES');
    expect(refusal(await pay({ paidAt: '2099-01-01T00:00:00Z' }), 422).code).toBe('STATEMENTS.PAID_AHEAD');
    expect(refusal(await pay({ reverses: 'p9' }), 422).code).toBe('STATEMENTS.UNKNOWN_PAYMENT');
    expect(refusal(await pay({ reverses: 'p1', amount: '1' })).code).toBe('REQUEST.INVALID');
    expect((await pay({ externalId: 'p2', reference: 'for Ann Secret' })).json()).toMatchObject({
      payment: { amount: '0.5', reference: 'for Ann Secret' },
      statement: { open: '0', status: 'paid' },
    });
    expect(refusal(await pay({}), 422).code).toBe('STATEMENTS.NOTHING_OPEN');
    expect((await pay({ externalId: 'r1', reverses: 'p1' })).json()).toMatchObject({
      payment: { amount: '1.5', reverses: 'p1' },
      statement: { paid: '0.5', open: '1.5' },
    });
    expect(refusal(await pay({ reverses: 'p1' }), 409).code).toBe('STATEMENTS.ALREADY_REVERSED');
    expect(refusal(await pay({ reverses: 'r1' }), 422).code).toBe('STATEMENTS.UNKNOWN_PAYMENT');
    const { data } = (await get('statements/acme.2026-01/payments', acme)).json<{ data: object[] }>();
    expect(data).toMatchObject([
      { externalId: 'p1', reversedBy: 'r1' },
      { externalId: 'p2' },
      { externalId: 'r1' },
    ]);
    const own = tokenOf('acme', ['finance']);
    const body = { paidAt: '2026-02-05T00:00:00Z' };
    expect(refusal(await post('statements/acme.2026-01/payments', body, own), 403).code).toBe(
      'STATEMENTS.OWN_INTEREST',
    );
  });

  it('pays no more than is open, however many pay at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => pay({ externalId: `race-${index}`, amount: '0.4' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 422, 422, 422]);
  });

  it('lists statements and payouts', async () => {
    const list = (await get('statements')).json<{ data: Statement[] }>();
    expect(list.data.map(({ id, status }) => [id, status])).toEqual([
      ['acme.2026-01', 'partlyPaid'],
      ['bolt.2026-01', 'open'],
    ]);
    expect((await get('statements?status=open')).json()).toMatchObject({ data: [{ id: 'bolt.2026-01' }] });
    expect((await get('statements', acme)).json()).toMatchObject({ data: [{ id: 'acme.2026-01' }] });
    const page = (await get('statements?limit=1')).json<{ page: { nextCursor: string } }>();
    expect((await get(`statements?cursor=${page.page.nextCursor}`)).json()).toMatchObject({
      data: [{ id: 'bolt.2026-01' }],
    });
    const csv = await get('payouts?month=2026-01&format=csv');
    expect(csv.text.split('\r\n').slice(1, 3)).toEqual([
      'acme.2026-01,acme,hello@acme.example,2,20,6.67,2.001,0,0,2.001,2,1.7,0.3,0.301,USD',
      `bolt.2026-01,bolt,'=bolt@bolt.example,1,10,3.335,1.0005,0,0,1.0005,1,0,1,1.0005,USD`,
    ]);
  });

  it('keeps the share of closed months', async () => {
    const set = (body: object): Promise<Answer> =>
      send(`${service.url}/api/variables/partnerRevenueShare`, {
        method: 'PUT',
        token: tokenOf('root', ['admin']),
        body,
      });
    expect(refusal(await set({ value: '20', effectiveFrom: '2026-01-31' }), 409).code).toBe(
      'STATEMENTS.MONTH_CLOSED',
    );
    expect((await set({ value: '20' })).json()).toMatchObject({
      timeline: [
        { from: null, to: '2026-02-01T00:00:00Z', value: '30' },
        { from: '2026-02-01T00:00:00Z', to: null, value: '20' },
      ],
    });
  });

  it('keeps the share while a month is being closed', async () => {
    const closing = service.app.get(DataSource).createQueryRunner();
    try {
      await closing.query('SELECT pg_advisory_lock($1)', [CLOSING_LOCK]);
      const refused = await send(`${service.url}/api/variables/partnerRevenueShare`, {
        method: 'PUT',
        token: tokenOf('root', ['admin']),
        body: { value: '25' },
      });
      expect(refusal(refused, 409).code).toBe('STATEMENTS.CLOSING_UNDER_WAY');
    } finally {
      await closing.query('SELECT pg_advisory_unlock($1)', [CLOSING_LOCK]);
      await closing.release();
    }
  });
});
