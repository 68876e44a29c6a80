import { Client, type PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import {
  Closings,
  Payments,
  StatementsVerify,
  type StatementsVerification,
} from '../../src/statements/index.js';
import { appendEvent } from '../../src/audit/index.js';
import { ownerOptions } from '../../src/platform/database/connection-options.js';
import { exactDataSource } from '../../src/platform/database/exact-data-source.js';
import { RevenueService } from '../../src/revenue/index.js';
import { parseInstant, type Instant } from '../../src/domain/index.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';

const HISTORY: readonly TestRecord[] = [
  { type: 'user', id: 'acme', roles: ['partner'] },
  { type: 'user', id: 'bolt', roles: ['partner'] },
  { type: 'user', id: 'ann', roles: ['user'] },
  { type: 'module', id: 'maps', name: 'Maps', partnerId: 'acme', creditCost: '4' },
  { type: 'module', id: 'mail', name: 'Mail', partnerId: 'bolt', creditCost: '4' },
  {
    type: 'purchase',
    externalId: 'p',
    userId: 'ann',
    credits: '100',
    amount: '35',
    occurredAt: '2026-01-01T00:00:00Z',
  },
  ...['maps', 'mail', 'maps', 'maps'].map((moduleId, index) => ({
    type: 'deployment',
    id: `d${index}`,
    userId: 'ann',
    moduleId,
    createdAt: `2026-0${index < 3 ? 1 : 2}-1${index}T00:00:00Z`,
  })),
];

const refund = (externalId: string, deploymentId: string): TestRecord => ({
  type: 'refund',
  externalId,
  deploymentId,
  credits: '1',
  occurredAt: '2026-02-20T00:00:00Z',
});

describe('verify of closed months', () => {
  let service: TestService;
  let owner: Client;
  let head: string;

  beforeAll(async () => {
    service = await startTestService();
    owner = new Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
    const closings = service.app.get(Closings, { strict: false });
    await importRecords(service.app, HISTORY);
    await closings.close({ month: '2026-01' });
    await importRecords(service.app, [refund('r1', 'd0')]);
    head = (await closings.close({ month: '2026-02' })).closing.digest;
    await importRecords(service.app, [refund('r2', 'd1')]);
    await pay('acme.2026-01', 'pay');
  });
  afterAll(async () => {
    await owner.end();
    await service.close();
  });

  const pay = async (statementId: string, externalId: string): Promise<void> => {
    const order = {
      externalId,
      amount: null,
      reverses: null,
      reference: null,
      paidAt: parseInstant('2026-03-01T00:00:00Z') as Instant,
    };
    const caller = {
      id: 'cfo',
      roles: new Set(['finance'] as const),
      rolesAccount: '',
      partnerId: null,
      earnsAs: null,
    };
    await service.app.get(DataSource).transaction(async (manager) => {
      await service.app.get(Payments, { strict: false }).record(statementId, order, caller, manager);
      const target = { type: 'payment', id: externalId };
      await appendEvent(manager, {
        actor: caller,
        action: 'statements.pay',
        target,
        requestId: 'test',
        outcome: 'done',
      });
    });
  };
  const verify = (expectedHead?: string): Promise<StatementsVerification> =>
    service.app.get(StatementsVerify, { strict: false }).run(expectedHead);

  it('finds nothing in what the service wrote', async () => {
    expect(await verify(head)).toEqual({
      closings: 2,
      statements: 3,
      head,
      violations: [],
      violationCount: 0,
    });
  });

  const LINE = `statement_no = (SELECT no FROM statements WHERE id = 'acme.2026-01')`;
  const FALSIFICATIONS: readonly (readonly [string, string, RegExp])[] = [
    [
      'a changed line',
      `UPDATE statement_lines SET module_name = 'Mops' WHERE ${LINE}`,
      /acme\.2026-01: its digest/,
    ],
    [
      'a missing line',
      `DELETE FROM statement_lines WHERE ${LINE} AND deployment_id = 'd2'`,
      /d2: 0 is stated, 1\.4/,
    ],
    [
      'a line in another month',
      `UPDATE statement_lines SET statement_no = (SELECT no FROM statements WHERE id = 'acme.2026-02') WHERE ${LINE} AND deployment_id = 'd2'`,
      /acme\.2026-02: deployment d2 is of another month/,
    ],
    [
      'a line of another partner',
      `UPDATE statement_lines SET statement_no = (SELECT no FROM statements WHERE id = 'acme.2026-01') WHERE deployment_id = 'd1'`,
      /acme\.2026-01: deployment d1 belongs to partner bolt/,
    ],
    [
      'a changed carry',
      `UPDATE statements SET carried = carried + 0.01, payable = payable - 0.01 WHERE id = 'acme.2026-01'`,
      /acme\.2026-01: payable is wrong/,
    ],
    [
      'a statement too many',
      `INSERT INTO statements SELECT no + 90, 'ann.2026-01', 'ann', month, currency, currency_minor_unit, 0, 0, 0, 0, 0, 0, 0, 0, 0, digest FROM statements WHERE id = 'acme.2026-01'`,
      /closing of 2026-01: there are 3 statements, not 2/,
    ],
    [
      'a share changed behind',
      `UPDATE variables SET timeline = '[{"from":null,"value":"20"},{"from":"2026-02-01T00:00:00Z","value":"30"}]' WHERE key = 'partnerRevenueShare'`,
      /deployment d0 has the share 30, but 20 was in force/,
    ],
    [
      'a payment doubled',
      `INSERT INTO payments (external_id, statement_no, amount, paid_at) SELECT 'pay-2', statement_no, amount, paid_at FROM payments`,
      /payment pay-2: the audit has no such payment/,
    ],
    [
      'a mark removed',
      `DELETE FROM statement_marks WHERE deployment_id = 'd1'`,
      /deployment d1: 1\.4 is stated, 1\.05 .* not marked/,
    ],
    [
      'a changed cause',
      `UPDATE statement_causes SET entry_id = 'r9'`,
      /a cause of deployment d0 has no adjustment line or no entry/,
    ],
    [
      'a cause removed',
      `DELETE FROM statement_causes`,
      /the causes of deployment d0 add up to 0, not to -0\.35/,
    ],
    [
      'a moved edge',
      `UPDATE closings SET ends_at = ends_at + interval '1 hour' WHERE month = '2026-01'`,
      /closing of 2026-02: it begins at 2026-02-01T00:00:00Z, not at 2026-02-01T01:00:00Z/,
    ],
    [
      'a run removed',
      `ALTER TABLE statement_marks DROP CONSTRAINT statement_marks_run_fkey; DELETE FROM closing_runs`,
      /closing of 2026-0\d: its run \d+ is not noted/,
    ],
    [
      'an adjustment that corrects nothing',
      `UPDATE statement_lines SET corrects_no = NULL WHERE is_adjustment`,
      /the adjustment of deployment d0 corrects another statement/,
    ],
    [
      'a changed report',
      `UPDATE deployment_revenue SET free_credits = 1, purchased_credits = 3 WHERE deployment_id = 'd2'`,
      /deployment d2 differs from the report/,
    ],
  ];

  it.each(FALSIFICATIONS)('finds %s', async (_what, statement, expected) => {
    expect((await violationsAfter(statement)).join('\n')).toMatch(expected);
  });

  it('finds a rewritten chain by a digest that is kept outside', async () => {
    const rewrite = `UPDATE closings SET digest = repeat('0', 64) WHERE month = '2026-02'`;
    expect(await violationsAfter(rewrite)).toContain(
      `the last closing has the digest ${'0'.repeat(64)}, not ${head}`,
    );
  });

  it('is clean after a rebuild, which marks nothing', async () => {
    const marks = await owner.query('SELECT FROM statement_marks');
    await service.app.get(RevenueService, { strict: false }).rebuild();
    expect((await owner.query('SELECT FROM statement_marks')).rowCount).toBe(marks.rowCount);
    expect((await verify(head)).violations).toEqual([]);
  });

  it('is clean after a rebuild by a mended rule, whose change is a correction', async () => {
    // As if a rule that is mended now had left d2 with half of its gross.
    await owner.query(
      await withTriggersOff(
        `UPDATE deployment_revenue SET gross_revenue = 0.7, shared_gross = 0.7 WHERE deployment_id = 'd3'`,
      ),
    );
    const closings = service.app.get(Closings, { strict: false });
    await importRecords(service.app, [refund('r3', 'd2')]);
    await service.app.get(RevenueService, { strict: false }).rebuild();
    await owner.query(
      await withTriggersOff(
        `UPDATE statement_lines SET gross_revenue = 0.7, revenue = 0.21 WHERE deployment_id = 'd3'`,
      ),
    );
    await closings.close({ month: '2026-03' });
    const { rows } = await owner.query(
      `SELECT deployment_id AS id, type, trim_scale(part)::text AS part FROM statement_causes JOIN statements ON no = statement_no
        WHERE statements.month = '2026-03' ORDER BY 1`,
    );
    expect(rows).toEqual([
      { id: 'd1', type: 'refund', part: '-0.35' },
      { id: 'd2', type: 'refund', part: '-0.35' },
      { id: 'd3', type: 'correction', part: '0.7' },
    ]);
  });

  /** What verify finds after a statement of an owner who has disabled all triggers; it is undone. */
  async function violationsAfter(statement: string): Promise<readonly string[]> {
    const source = await exactDataSource({
      ...ownerOptions(service.database.ownerUrl),
      entities: [],
    }).initialize();
    const runner = source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      await runner.startTransaction();
      await runner.query(await withTriggersOff(statement));
      const { violations } = await service.app
        .get(StatementsVerify, { strict: false })
        .runIn({ client, manager: runner.manager }, head);
      return violations;
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
      await source.destroy();
    }
  }

  /** Triggers that are always enabled must be disabled by name. */
  async function withTriggersOff(...statements: string[]): Promise<string> {
    const { rows } = await owner.query<{ off: string; on: string }>(
      `SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) AS off,
              format('ALTER TABLE %s ENABLE %s TRIGGER %I', tgrelid::regclass,
                     CASE tgenabled WHEN 'A' THEN 'ALWAYS' ELSE '' END, tgname) AS on
         FROM pg_trigger JOIN pg_class AS c ON c.oid = tgrelid
        WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace
          AND c.relname ~ '^(clos|statement|payment|deployment_rev|variables)'`,
    );
    return [...rows.map(({ off }) => off), ...statements, ...rows.map(({ on }) => on)].join('; ');
  }
});
