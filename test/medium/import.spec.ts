import { Client } from 'pg';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { storedState } from '../support/stored-state.js';

const PEOPLE: TestRecord[] = [
  { type: 'user', id: 'ann', email: 'ann@example.com', roles: ['user'] },
  { type: 'user', id: 'bob', roles: ['user'] },
  { type: 'user', id: 'maker', roles: ['partner'] },
  { type: 'module', id: 'maps', name: 'Maps', partnerId: 'maker', creditCost: '4' },
  {
    type: 'module',
    id: 'vault',
    name: 'Vault',
    partnerId: 'maker',
    creditCost: '2',
    requiresPurchasedCredits: true,
  },
  { type: 'module', id: 'core', name: 'Core', partnerId: null, creditCost: '1' },
];
const ENTRIES: TestRecord[] = [
  {
    type: 'award',
    externalId: 'a1',
    userId: 'ann',
    credits: '3',
    occurredAt: '2026-01-01T00:00:00Z',
    reason: 'welcome',
  },
  {
    type: 'purchase',
    externalId: 'p1',
    userId: 'ann',
    credits: '10',
    amount: '5',
    occurredAt: '2026-01-02T00:00:00Z',
  },
  { type: 'deployment', id: 'd1', userId: 'ann', moduleId: 'maps', createdAt: '2026-01-03T00:00:00Z' },
  { type: 'deployment', id: 'd2', userId: 'ann', moduleId: 'vault', createdAt: '2026-01-04T00:00:00Z' },
  { type: 'deployment', id: 'd3', userId: 'maker', moduleId: 'maps', createdAt: '2026-01-04T00:00:00Z' },
  {
    type: 'spend',
    externalId: 's1',
    userId: 'ann',
    credits: '1',
    category: 'build',
    occurredAt: '2026-01-05T00:00:00Z',
  },
  { type: 'refund', externalId: 'r1', deploymentId: 'd2', credits: '1', occurredAt: '2026-01-06T00:00:00Z' },
  { type: 'purchaseRefund', externalId: 'pr1', purchaseExternalId: 'p1', occurredAt: '2026-01-07T00:00:00Z' },
];

describe('import', () => {
  let service: TestService;
  let client: Client;

  beforeEach(async () => {
    service = await startTestService();
    client = new Client({ connectionString: service.database.serviceUrl });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await service.close();
  });

  const codes = (report: { refusals: readonly { line: number; code: string }[] }): string[] =>
    report.refusals.map(({ line, code }) => `${line} ${code}`);

  it('records users, modules and entries, whatever the order of the lines, and folds them', async () => {
    const report = await importRecords(service.app, [...PEOPLE, ...ENTRIES].reverse());
    expect(report).toMatchObject({ lines: 14, added: 14, known: 0, refused: 0, refusals: [] });
    const { rows } = await client.query(
      `SELECT deployment_id, partner_id, credit_cost, free_credits, purchased_credits, refunded_credits, gross_revenue
       FROM deployment_revenue ORDER BY deployment_id`,
    );
    expect(rows.map((row) => Object.values(row as object).join(' '))).toEqual([
      'd1 maker 4.000000 3.000000 1.000000 0.000000 0.500000',
      'd2 maker 2.000000 0.000000 1.000000 1.000000 0.500000',
      'd3 maker 0.000000 0.000000 0.000000 0.000000 0.000000',
    ]);
    const texts = await client.query('SELECT source, source_id, text FROM personal_texts');
    expect(texts.rows).toEqual([{ source: 'award', source_id: 'a1', text: 'welcome' }]);
  });

  it('adds nothing the second time', async () => {
    await importRecords(service.app, [...PEOPLE, ...ENTRIES]);
    const before = await storedState(service.database);
    const again = await importRecords(service.app, [...PEOPLE, ...ENTRIES]);
    expect(again).toMatchObject({ lines: 14, added: 0, known: 14, changed: 0, refused: 0 });
    expect(await storedState(service.database)).toEqual(before);
  });

  it('ends in the same state after one import and after many, in any order', async () => {
    await importRecords(service.app, [...PEOPLE, ...ENTRIES]);
    const atOnce = await storedState(service.database);
    const other = await startTestService();
    try {
      await importRecords(other.app, PEOPLE);
      const [refunds, others] = [ENTRIES.slice(6), ENTRIES.slice(0, 6).reverse()];
      for (const entry of [...others, ...refunds]) {
        expect(await importRecords(other.app, [entry])).toMatchObject({ added: 1, refused: 0 });
      }
      expect(await storedState(other.database)).toEqual(atOnce);
    } finally {
      await other.close();
    }
  });

  it('refuses invalid lines one by one and records the others', async () => {
    const report = await importRecords(service.app, [
      ...PEOPLE,
      '{"type":"award"',
      '[]',
      '{"type":"gift","externalId":"x"}',
      '{"type":"award","type":"award","externalId":"a9","userId":"ann","credits":"1","occurredAt":"2026-01-01T00:00:00Z"}',
      { ...ENTRIES[0], credits: 3 } as TestRecord,
      { ...ENTRIES[0], credits: '0' } as TestRecord,
      { ...ENTRIES[0], credits: '1e3' } as TestRecord,
      { ...ENTRIES[0], occurredAt: '2026-02-30T00:00:00Z' } as TestRecord,
      { ...ENTRIES[0], expiresAt: '2026-01-01T00:00:00Z' } as TestRecord,
      { ...ENTRIES[0], note: 'hello' } as TestRecord,
      { ...ENTRIES[0], userId: 'stranger' } as TestRecord,
      { ...ENTRIES[2], moduleId: 'nothing' } as TestRecord,
      { ...ENTRIES[2], id: 'd9', createdAt: '2999-01-01T00:00:00Z' } as TestRecord,
      { ...ENTRIES[2], id: 'summary' } as TestRecord,
      { ...ENTRIES[6], deploymentId: 'nothing' } as TestRecord,
      '',
      '   ',
      `{"type":"award","reason":"${'x'.repeat(70_000)}"}`,
      '{"type":"award","externalId":"a\\u0000b"}',
      '{"type":"award","externalId":"a","reason":"\\ud800"}',
      ENTRIES[3] as TestRecord,
    ]);
    expect(codes(report)).toEqual([
      '7 IMPORT.NOT_JSON',
      '8 IMPORT.NOT_JSON',
      '9 IMPORT.UNKNOWN_TYPE',
      '10 IMPORT.NOT_JSON',
      '11 IMPORT.BAD_FIELD',
      '12 IMPORT.BAD_FIELD',
      '13 IMPORT.BAD_FIELD',
      '14 IMPORT.BAD_FIELD',
      '15 IMPORT.BAD_FIELD',
      '16 IMPORT.BAD_FIELD',
      '17 CREDITS.UNKNOWN_USER',
      '18 CREDITS.UNKNOWN_MODULE',
      '19 CREDITS.TIME_AHEAD',
      '20 IMPORT.BAD_FIELD',
      '21 CREDITS.UNKNOWN_DEPLOYMENT',
      '24 IMPORT.LINE_TOO_LONG',
      '25 IMPORT.NOT_JSON',
      '26 IMPORT.NOT_JSON',
    ]);
    expect(report).toMatchObject({ lines: 25, added: 7, refused: 18, unreadable: 7 });
  });

  it('records the first of several lines with one id; the same again is known, another one a conflict', async () => {
    const award = ENTRIES[0] as TestRecord;
    const report = await importRecords(service.app, [
      ...PEOPLE,
      award,
      award,
      { ...award, credits: '4' },
      { ...award, userId: 'bob' },
      { ...award, reason: 'another text' },
      { ...PEOPLE[1], name: 'Bob' } as TestRecord,
    ]);
    expect(report.types.award).toEqual({ added: 1, known: 2, changed: 0, refused: 2 });
    expect(codes(report)).toEqual(['9 CREDITS.CONFLICT', '10 CREDITS.CONFLICT', '12 USERS.CONFLICT']);
  });

  it('refuses refunds of more than what is left, judged in the ledger’s order, not the lines’', async () => {
    const refund = { type: 'refund', deploymentId: 'd1' };
    const report = await importRecords(service.app, [
      { ...refund, externalId: 'late', credits: '3', occurredAt: '2026-02-02T00:00:00Z' },
      { ...refund, externalId: 'early', credits: '2', occurredAt: '2026-02-01T00:00:00Z' },
      { ...refund, externalId: 'before', credits: '1', occurredAt: '2026-01-02T00:00:00Z' },
      { ...refund, externalId: 'rest', occurredAt: '2026-02-03T00:00:00Z' },
      { ...refund, externalId: 'nothing', occurredAt: '2026-02-04T00:00:00Z' },
      {
        type: 'purchaseRefund',
        externalId: 'soon',
        purchaseExternalId: 'p1',
        occurredAt: '2026-01-01T12:00:00Z',
      },
      {
        type: 'purchaseRefund',
        externalId: 'much',
        purchaseExternalId: 'p1',
        credits: '10.000001',
        occurredAt: '2026-01-02T12:00:00Z',
      },
      ...PEOPLE,
      ...ENTRIES.slice(0, 3),
    ]);
    expect(codes(report)).toEqual([
      '1 CREDITS.MORE_THAN_LEFT',
      '3 CREDITS.BEFORE_DEPLOYMENT',
      '5 CREDITS.NOTHING_LEFT',
      '6 CREDITS.NOTHING_LEFT',
      '7 CREDITS.MORE_THAN_LEFT',
    ]);
  });

  it('undoes everything if it is atomic and a line is refused', async () => {
    const before = await storedState(service.database);
    const broken = await importRecords(service.app, [...PEOPLE, ...ENTRIES, '{'], { atomic: true });
    expect(broken.refused).toBe(1);
    expect(await storedState(service.database)).toEqual(before);
    expect((await client.query('SELECT FROM users')).rowCount).toBe(0);
    const whole = await importRecords(service.app, [...PEOPLE, ...ENTRIES], { atomic: true });
    expect(whole).toMatchObject({ added: 14, refused: 0 });
  });

  it('changes users and modules only when asked to', async () => {
    await importRecords(service.app, PEOPLE);
    const changes: TestRecord[] = [
      { type: 'user', id: 'ann', name: 'Ann', roles: ['user'] },
      { type: 'module', id: 'maps', name: 'World maps', creditCost: '5' },
    ];
    expect(await importRecords(service.app, changes)).toMatchObject({ refused: 2 });
    expect(await importRecords(service.app, changes, { update: true })).toMatchObject({ changed: 2 });
    const { rows } = await client.query(`SELECT name, credit_cost FROM modules WHERE id = 'maps'`);
    expect(rows).toEqual([{ name: 'World maps', credit_cost: '5.000000' }]);
  });

  it('records all users before the modules, even those on repeated lines', async () => {
    const backEnd = {
      id: 'backend',
      roles: new Set(['platform'] as const),
      rolesAccount: '',
      partnerId: null,
      earnsAs: null,
    };
    const lines = [
      { type: 'user', id: 'twice', roles: ['admin'] },
      { type: 'user', id: 'twice', roles: ['partner'] },
      { type: 'module', id: 'theirs', name: 'Theirs', partnerId: 'twice', creditCost: '1' },
    ];
    expect(await importRecords(service.app, lines, { importer: backEnd })).toMatchObject({
      added: 2,
      refused: 1,
    });
    expect(await importRecords(service.app, lines, { importer: backEnd })).toMatchObject({
      added: 0,
      known: 2,
    });
  });

  it('refuses credits in the caller’s own interest, and roles that a back end gives itself', async () => {
    await importRecords(service.app, PEOPLE);
    const award = {
      type: 'award',
      externalId: 'gift',
      userId: 'ann',
      credits: '1',
      occurredAt: '2026-01-01T00:00:00Z',
    };
    const importer = {
      id: 'maker',
      roles: new Set(['admin'] as const),
      rolesAccount: '',
      partnerId: null,
      earnsAs: null,
    };
    expect(codes(await importRecords(service.app, [{ ...award, userId: 'maker' }], { importer }))).toEqual([
      '1 CREDITS.OWN_INTEREST',
    ]);
    expect(codes(await importRecords(service.app, [award, ENTRIES[2] as TestRecord], { importer }))).toEqual([
      '1 CREDITS.OWN_INTEREST',
      '2 CREDITS.OWN_INTEREST',
    ]);
    const backEnd = {
      id: 'backend',
      roles: new Set(['platform'] as const),
      rolesAccount: '',
      partnerId: null,
      earnsAs: null,
    };
    const report = await importRecords(
      service.app,
      [
        { type: 'user', id: 'boss', roles: ['admin'] },
        { type: 'user', id: 'clerk', roles: ['user'] },
      ],
      { importer: backEnd },
    );
    expect(report).toMatchObject({ added: 1, refused: 1 });
  });
});
