import { DataSource, type EntityManager } from 'typeorm';
import { ModuleRecorder, type ModuleRecord } from '../../src/modules/index.js';
import type { RecordOutcome } from '../../src/platform/recording/index.js';
import { micros } from '../support/ledger-builders.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statements.js';

describe('recording modules in batches', () => {
  let service: TestService;
  let dataSource: DataSource;
  let recorder: ModuleRecorder;
  let count = 0;
  /** A module with a name that no test has used yet. */
  let charts: ModuleRecord;

  beforeAll(async () => {
    service = await startTestService();
    dataSource = service.app.get(DataSource);
    recorder = service.app.get(ModuleRecorder, { strict: false });
    await importRecords(service.app, [
      { type: 'user', id: 'maker', roles: ['partner'] },
      { type: 'user', id: 'rival', roles: ['partner'] },
      { type: 'user', id: 'buyer', roles: ['user'] },
    ]);
  });
  afterAll(() => service.close());
  beforeEach(() => {
    charts = { id: `charts-${(count += 1)}`, name: 'Charts', partnerId: 'maker', creditCost: micros('2.5') };
  });

  const record = (
    records: readonly ModuleRecord[],
    update = false,
    manager: EntityManager = dataSource.manager,
  ): Promise<RecordOutcome[]> =>
    manager.transaction((inner) => recorder.recordMany(records, { update, writable: 'any' }, inner));
  const stored = (id = charts.id): Promise<unknown> =>
    dataSource
      .query<unknown[]>(
        'SELECT name, partner_id, credit_cost, requires_purchased_credits, archived FROM modules WHERE id = $1',
        [id],
      )
      .then(([row]) => row);
  const outcomesOf = (outcomes: readonly RecordOutcome[]): string[] =>
    outcomes.map((one) => (one.outcome === 'refused' ? one.kind.code : one.outcome));

  it('adds new modules, with defaults for absent fields', async () => {
    expect(outcomesOf(await record([charts]))).toEqual(['added']);
    expect(await stored()).toEqual({
      name: 'Charts',
      partner_id: 'maker',
      credit_cost: '2.500000',
      requires_purchased_credits: false,
      archived: false,
    });
  });

  it('detects repeated modules, and does not compare absent fields', async () => {
    await record([{ ...charts, requiresPurchasedCredits: true, archived: true }]);
    const { id, name, creditCost } = charts;
    expect(
      outcomesOf(
        await record([charts, { id, name, creditCost, requiresPurchasedCredits: null, archived: null }]),
      ),
    ).toEqual(['known', 'known']);
  });

  it.each([
    ['another name', { name: 'Graphs' }, '(name)'],
    ['another cost', { creditCost: micros('2.500001') }, '(creditCost)'],
    ['another partner', { partnerId: 'rival' }, '(partnerId)'],
    ['no partner', { partnerId: null }, '(partnerId)'],
    [
      'other flags',
      { requiresPurchasedCredits: true, archived: true },
      '(requiresPurchasedCredits, archived)',
    ],
  ])('refuses %s, and changes it with update', async (_case, fields, named) => {
    await record([charts]);
    const [outcome] = await record([{ ...charts, ...fields }]);
    expect(outcome).toMatchObject({
      outcome: 'refused',
      kind: { code: 'MODULES.CONFLICT', status: 409 },
      reason: expect.stringContaining(named) as string,
    });
    expect(outcomesOf(await record([{ ...charts, ...fields }], true))).toEqual(['changed']);
    expect(outcomesOf(await record([{ ...charts, ...fields }]))).toEqual(['known']);
  });

  it.each([
    ['without a partner', undefined, 'MODULES.PARTNER_REQUIRED'],
    ['of nobody that is recorded', 'nobody', 'MODULES.NO_SUCH_PARTNER'],
    ['of a user who is not a partner', 'buyer', 'MODULES.NO_SUCH_PARTNER'],
  ])('refuses a module %s, and records the rest of the batch', async (_case, partnerId, code) => {
    const other = { ...charts, id: `${charts.id}-other`, partnerId: null };
    expect(outcomesOf(await record([{ ...charts, partnerId }, other, charts, charts]))).toEqual([
      code,
      'added',
      'added',
      'known',
    ]);
    expect(outcomesOf(await record([{ ...charts, partnerId: 'buyer' }], true))).toEqual([
      'MODULES.NO_SUCH_PARTNER',
    ]);
  });

  it.each([' ', 'a\nb', 'a'.repeat(201), '\ud800'])('refuses the name %j', async (name) => {
    expect(outcomesOf(await record([{ ...charts, name }, charts]))).toEqual(['MODULES.INVALID', 'added']);
  });

  it('uses the first of several with one id, for new modules and for changes', async () => {
    const second = { ...charts, name: 'Second' };
    expect(outcomesOf(await record([charts, second, charts], true))).toEqual([
      'added',
      'MODULES.CONFLICT',
      'known',
    ]);
    expect(outcomesOf(await record([second, charts, second], true))).toEqual([
      'changed',
      'MODULES.CONFLICT',
      'known',
    ]);
    expect(await stored()).toMatchObject({ name: 'Second' });
  });

  it('keeps the partner of a deployed module, and changes the rest of the batch', async () => {
    const other = { ...charts, id: `${charts.id}-other` };
    await record([charts, other]);
    const deployment = {
      type: 'deployment',
      userId: 'buyer',
      moduleId: charts.id,
      createdAt: '2026-01-01T00:00:00Z',
    };
    await importRecords(service.app, [{ ...deployment, id: `d-${charts.id}` }]);
    const handedOver = [charts, other].map((one) => ({ ...one, partnerId: 'rival', name: 'Handed over' }));
    expect(outcomesOf(await record(handedOver, true))).toEqual(['MODULES.PARTNER_IS_FROZEN', 'changed']);
    expect(await stored()).toMatchObject({ partner_id: 'maker', name: 'Charts' });
    expect(outcomesOf(await record([{ ...charts, name: 'Renamed' }], true))).toEqual(['changed']);
  });

  it('needs as many statements for 5,000 as for one', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) => ({ ...charts, id: `${charts.id}-${n}` }));
    expect(await statementsOf(dataSource, (manager) => record(many, false, manager))).toBe(
      await statementsOf(dataSource, (manager) => record([charts], false, manager)),
    );
    const renamed = many.map((one) => ({ ...one, name: 'New' }));
    expect(await statementsOf(dataSource, (manager) => record(renamed, true, manager))).toBe(
      await statementsOf(dataSource, (manager) => record([{ ...charts, name: 'New' }], true, manager)),
    );
    expect(await stored(`${charts.id}-4999`)).toMatchObject({ name: 'New' });
  });

  it('gives two writers of the same modules in other orders the same result', async () => {
    const many = Array.from({ length: 500 }, (_, n) => ({ ...charts, id: `${charts.id}-${n}` }));
    const results = await Promise.all([record(many), record([...many].reverse())]);
    expect(results.flat().filter(({ outcome }) => outcome === 'added')).toHaveLength(500);
    expect(results.flat().filter(({ outcome }) => outcome === 'known')).toHaveLength(500);
  });
});
