import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { canonicalJson, type JsonObject } from '../../src/domain/index.js';
import { Closings, type CloseRequest } from '../../src/statements/index.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';

const PLATFORM: readonly TestRecord[] = [
  { type: 'user', id: 'acme', roles: ['partner'] },
  { type: 'user', id: 'bolt', roles: ['partner'] },
  { type: 'user', id: 'ann', roles: ['user'] },
  { type: 'user', id: 'bob', roles: ['user'] },
  { type: 'module', id: 'maps', name: 'Maps, "big" \\ é😀 ones', partnerId: 'acme', creditCost: '4' },
  { type: 'module', id: 'mail', name: 'Mail', partnerId: 'bolt', creditCost: '4' },
  { type: 'module', id: 'core', name: 'Core', partnerId: null, creditCost: '4' },
];

const bought = (
  externalId: string,
  userId: string,
  occurredAt: string,
  credits = '20',
  amount = '5',
): TestRecord => ({
  type: 'purchase',
  externalId,
  userId,
  credits,
  amount,
  occurredAt,
});
const deployed = (id: string, userId: string, moduleId: string, createdAt: string): TestRecord => ({
  type: 'deployment',
  id,
  userId,
  moduleId,
  createdAt,
});

const JANUARY: readonly TestRecord[] = [
  ...PLATFORM,
  bought('p-ann', 'ann', '2026-01-01T00:00:00Z', '20', '7'),
  deployed('d1', 'ann', 'maps', '2026-01-05T00:00:00Z'),
  deployed('d2', 'ann', 'mail', '2026-01-06T00:00:00.5Z'),
  deployed('d3', 'ann', 'core', '2026-01-07T00:00:00Z'),
  deployed('debt', 'bob', 'maps', '2026-01-20T00:00:00.123456Z'),
];

const FEBRUARY: readonly TestRecord[] = [
  deployed('d4', 'ann', 'maps', '2026-02-03T00:00:00Z'),
  { type: 'refund', externalId: 'r1', deploymentId: 'd2', credits: '1', occurredAt: '2026-02-04T00:00:00Z' },
  { type: 'award', externalId: 'late', userId: 'ann', credits: '6', occurredAt: '2026-01-02T00:00:00Z' },
  bought('p-bob', 'bob', '2026-03-01T00:00:00Z'),
];

describe('closings', () => {
  let service: TestService;
  let sql: <T>(text: string) => Promise<T[]>;

  beforeEach(async () => {
    service = await startTestService();
    sql = (text) => service.app.get(DataSource).query(text);
  });
  afterEach(() => service.close());

  const close = (month: string, request: Partial<CloseRequest> = {}): ReturnType<Closings['close']> =>
    service.app.get(Closings, { strict: false }).close({ month, ...request });
  const told = async (records: readonly TestRecord[]): Promise<void> => {
    expect((await importRecords(service.app, records)).refusals).toEqual([]);
  };
  const statements = (): Promise<Record<string, string>[]> =>
    sql(`SELECT id, trim_scale(opening)::text AS opening, trim_scale(revenue)::text AS revenue,
                trim_scale(adjustments)::text AS adjustments, trim_scale(due)::text AS due,
                trim_scale(payable)::text AS payable, trim_scale(carried)::text AS carried
           FROM statements ORDER BY no`);

  it('state a month, then adjust it with causes', async () => {
    await told(JANUARY);
    const january = await close('2026-01');
    expect(january).toMatchObject({
      isNew: true,
      closing: { month: '2026-01', statements: 2, previousDigest: null },
    });
    expect(await statements()).toEqual([
      {
        id: 'acme.2026-01',
        opening: '0',
        revenue: '0.42',
        adjustments: '0',
        due: '0.42',
        payable: '0.42',
        carried: '0',
      },
      {
        id: 'bolt.2026-01',
        opening: '0',
        revenue: '0.42',
        adjustments: '0',
        due: '0.42',
        payable: '0.42',
        carried: '0',
      },
    ]);
    await told(FEBRUARY);
    const february = await close('2026-02');
    expect(february.closing.previousDigest).toBe(january.closing.digest);
    const lines = await sql(
      `SELECT statement.id, line.deployment_id, trim_scale(stated_gross)::text AS stated,
              trim_scale(line.gross_revenue)::text AS now,
              (SELECT string_agg(concat_ws(' ', type, entry_id, month, trim_scale(part)), '; ' ORDER BY position)
                 FROM statement_causes AS cause WHERE cause.statement_no = line.statement_no AND cause.deployment_id = line.deployment_id) AS causes
         FROM statement_lines AS line JOIN statements AS statement ON statement.no = line.statement_no
        WHERE statement.month = '2026-02' AND is_adjustment ORDER BY line.created_at`,
    );
    expect(lines).toEqual([
      { id: 'acme.2026-02', deployment_id: 'd1', stated: '1.4', now: '0', causes: 'award late 2026-01 -1.4' },
      {
        id: 'bolt.2026-02',
        deployment_id: 'd2',
        stated: '1.4',
        now: '0.35',
        causes: 'award late 2026-01 -0.7; refund r1 2026-02 -0.35',
      },
      {
        id: 'acme.2026-02',
        deployment_id: 'debt',
        stated: '0',
        now: '1',
        causes: 'purchase p-bob 2026-03 1',
      },
    ]);
  });

  it('digest exactly the lines that they wrote', async () => {
    await told(JANUARY);
    await close('2026-01');
    await told(FEBRUARY);
    await close('2026-02');
    const rows = await sql<Record<string, string>>(`SELECT * FROM statements ORDER BY no`);
    for (const row of rows) {
      const header: JsonObject = Object.fromEntries(
        ['id', 'month', 'currency', 'opening', 'revenue', 'adjustments', 'due', 'payable', 'carried'].map(
          (name) => [
            name,
            (row[name] as string).includes('.') && name !== 'id'
              ? (row[name] as string).replace(/\.?0+$/, '')
              : (row[name] as string),
          ],
        ),
      );
      const lines = await sql<Record<string, string>>(
        `SELECT *, to_char(created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM statement_lines WHERE statement_no = ${row['no']}
          ORDER BY is_adjustment, created_at, deployment_id`,
      );
      const texts = await Promise.all(lines.map(async (line) => canonicalJson(await lineOf(line))));
      const whole = {
        ...header,
        partnerId: row['partner_id'] as string,
        currencyMinorUnit: Number(row['currency_minor_unit']),
      };
      const bytes = [canonicalJson(whole), ...texts].map((text) => `${text}\n`).join('');
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(row['digest']);
    }
  });

  const plain = (decimal: string | undefined): string =>
    (decimal ?? '').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  async function lineOf(line: Record<string, string>): Promise<JsonObject> {
    const shared = {
      deploymentId: line['deployment_id'] as string,
      moduleId: line['module_id'] as string,
      moduleName: line['module_name'] as string,
      createdAt: (line['at'] as string).replace(/(\.\d{3})000Z$/, '$1Z').replace('.000Z', 'Z'),
      partnerRevenueShare: plain(line['share']),
    };
    if (String(line['is_adjustment']) === 'false') {
      return {
        kind: 'revenue',
        ...shared,
        creditCost: plain(line['credit_cost']),
        freeCredits: plain(line['free_credits']),
        purchasedCredits: plain(line['purchased_credits']),
        unpaidCredits: plain(line['unpaid_credits']),
        refundedCredits: plain(line['refunded_credits']),
        grossRevenue: plain(line['gross_revenue']),
        revenue: plain(line['revenue']),
      };
    }
    const causes = await sql<Record<string, string>>(
      `SELECT type, month, part FROM statement_causes WHERE statement_no = ${line['statement_no']} AND deployment_id = '${line['deployment_id']}' ORDER BY position`,
    );
    const [difference] = await sql<{ text: string }>(
      `SELECT (${line['gross_revenue']} - ${line['stated_gross']})::text AS text`,
    );
    const [corrects] = await sql<{ id: string }>(
      `SELECT id FROM statements WHERE no = ${line['corrects_no'] ?? -1}`,
    );
    return {
      kind: 'adjustment',
      ...shared,
      statedGross: plain(line['stated_gross']),
      grossNow: plain(line['gross_revenue']),
      difference: plain(difference?.text),
      revenueDifference: plain(line['revenue']),
      corrects: corrects?.id ?? null,
      causes: causes.map(({ type = '', month = null, part }) => ({ type, month, part: plain(part) })),
    };
  }

  it('are refused out of order, before the month is over, and with another zone', async () => {
    await told(JANUARY);
    const refusal = async (month: string, request: Partial<CloseRequest> = {}): Promise<string> =>
      close(month, request).then(
        () => 'closed',
        (error: Error & { kind?: { code: string } }) => error.kind?.code ?? error.message,
      );
    expect(await refusal('2026-02')).toBe('STATEMENTS.EARLIER_REVENUE');
    expect(await refusal('2026-01', { timeZone: 'Mars/Olympus' })).toBe('STATEMENTS.UNKNOWN_ZONE');
    expect(await refusal('9998-12')).toBe('STATEMENTS.MONTH_NOT_OVER');
    expect(await sql('SELECT FROM closing_runs')).toEqual([]);
    expect(await refusal('2026-02', { settledElsewhere: true, timeZone: 'Europe/Berlin' })).toBe('closed');
    expect(await refusal('2026-02')).toBe('closed');
    expect(await refusal('2026-02', { timeZone: 'UTC' })).toBe('STATEMENTS.ZONE_FIXED');
    expect(await refusal('2026-04')).toBe('STATEMENTS.OUT_OF_ORDER');
    expect(await refusal('2026-01')).toBe('STATEMENTS.OUT_OF_ORDER');
    expect(await refusal('2026-03', { timeZone: 'UTC' })).toBe('STATEMENTS.ZONE_FIXED');
    expect(await sql('SELECT month FROM closings')).toEqual([{ month: '2026-02' }]);
  });

  it('leave what was deployed before them to others', async () => {
    await told([...JANUARY, ...FEBRUARY.slice(0, 1)]);
    const { closing } = await close('2026-02', { settledElsewhere: true });
    expect(closing.settledElsewhere).toEqual({ deployments: 2, grossRevenue: '2.8' });
    await told(FEBRUARY.slice(1));
    const march = await close('2026-03');
    expect(march.closing.settledElsewhere).toEqual({ deployments: 2, grossRevenue: '1.35' });
    expect((await statements()).map(({ id, adjustments }) => [id, adjustments])).toEqual([
      ['acme.2026-02', '0'],
    ]);
  });

  it('have causes of reversals', async () => {
    await told(JANUARY);
    await close('2026-01');
    await told([
      {
        type: 'purchaseReversal',
        externalId: 'rev',
        purchaseExternalId: 'p-ann',
        occurredAt: '2026-02-10T00:00:00Z',
      },
    ]);
    await close('2026-02');
    await told([
      {
        type: 'reversalRelease',
        externalId: 'rel',
        reversalExternalId: 'rev',
        occurredAt: '2026-03-10T00:00:00Z',
      },
    ]);
    await close('2026-03');
    expect(
      await sql(
        `SELECT deployment_id AS deployment, type, entry_id AS entry, month, trim_scale(part)::text AS part
           FROM statement_causes ORDER BY statement_no, deployment_id`,
      ),
    ).toEqual([
      { deployment: 'd1', type: 'purchaseReversal', entry: 'rev', month: '2026-02', part: '-1.4' },
      { deployment: 'd2', type: 'purchaseReversal', entry: 'rev', month: '2026-02', part: '-1.4' },
      { deployment: 'd1', type: 'reversalRelease', entry: 'rel', month: '2026-03', part: '1.4' },
      { deployment: 'd2', type: 'reversalRelease', entry: 'rel', month: '2026-03', part: '1.4' },
    ]);
  });

  it('see entries of an import in the order of its lines, then refunds in the order of the ledger', async () => {
    await told([
      ...PLATFORM,
      {
        type: 'refund',
        externalId: 'r-2',
        deploymentId: 'd',
        credits: '1',
        occurredAt: '2026-01-22T00:00:00Z',
      },
      deployed('e', 'ann', 'maps', '2026-01-09T00:00:00Z'),
      {
        type: 'refund',
        externalId: 'r-1',
        deploymentId: 'd',
        credits: '1',
        occurredAt: '2026-01-21T00:00:00Z',
      },
      deployed('d', 'ann', 'maps', '2026-01-05T00:00:00Z'),
      bought('p', 'ann', '2026-01-01T00:00:00Z'),
    ]);
    expect(await sql('SELECT id FROM credit_entries ORDER BY sequence')).toEqual(
      ['e', 'd', 'p', 'r-1', 'r-2'].map((id) => ({ id })),
    );
  });

  it('commit together with their audit event, or not at all', async () => {
    await told(JANUARY);
    const record = (): Promise<void> => Promise.reject(new Error('The audit is full.'));
    const closings = service.app.get(Closings, { strict: false });
    await expect(closings.close({ month: '2026-01' }, { record })).rejects.toThrow('The audit is full.');
    expect(await sql('SELECT FROM closings')).toEqual([]);
    expect((await close('2026-01')).isNew).toBe(true);
  });

  it('at once are one', async () => {
    await told(JANUARY);
    const both = await Promise.all([close('2026-01'), close('2026-01')]);
    expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    expect(both[0]?.closing).toEqual(both[1]?.closing);
  });
});
