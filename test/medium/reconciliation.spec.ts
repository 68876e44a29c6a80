import { Readable } from 'node:stream';
import { openBooks, Reconciliation, type ReconciliationFinding } from '../../src/credits/index.js';
import { parseDecimal, parseInstant } from '../../src/domain/index.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';

const HISTORY: TestRecord[] = [
  ...['ann', 'bob', 'cem', 'dee'].map((id) => ({ type: 'user', id, roles: ['user'] })),
  {
    type: 'award',
    externalId: 'a1',
    userId: 'ann',
    credits: '10',
    occurredAt: '2026-01-01T00:00:00Z',
    expiresAt: '2026-02-01T00:00:00Z',
  },
  { type: 'purchase', externalId: 'p1', userId: 'ann', credits: '20.5', occurredAt: '2026-01-02T00:00:00Z' },
  spend('s1', 'ann', '4', '2026-01-10T00:00:00Z'),
  spend('s2', 'ann', '1', '2026-02-10T00:00:00Z'),
  spend('s3', 'bob', '3', '2026-01-10T00:00:00Z'),
];

function spend(externalId: string, userId: string, credits: string, occurredAt: string): TestRecord {
  return { type: 'spend', externalId, userId, credits, category: 'build', occurredAt };
}

describe('reconciliation', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, HISTORY)).refused).toBe(0);
  });
  afterAll(() => service?.close());

  const reconcile = async (
    lines: readonly string[],
    { at, isComplete = false, tolerance }: { at?: string; isComplete?: boolean; tolerance?: string } = {},
  ): Promise<{ findings: ReconciliationFinding[]; compared: number; differing: number; at: string }> => {
    const findings: ReconciliationFinding[] = [];
    const report = await service.app
      .get(Reconciliation, { strict: false })
      .run(await openBooks(Readable.from([Buffer.from(lines.join('\n'))])), {
        at: at === undefined ? null : parseInstant(at),
        isComplete,
        figures: {
          tolerance: tolerance === undefined ? null : parseDecimal(tolerance),
          hasDecimalComma: false,
        },
        onFinding: (finding) => findings.push(finding),
        onProgress: () => {},
      });
    expect(report.findings).toBe(findings.length);
    return { ...report, findings };
  };
  const HEADER = 'userId,free,purchased,unpaid';

  it.each([
    ['before everything', '2025-12-31T23:59:59Z', 'ann,0,0,0', 'bob,0,0,0'],
    ['at the instant of an entry, which counts', '2026-01-10T00:00:00Z', 'ann,6,20.5,0', 'bob,0,0,3'],
    ['just before an expiry', '2026-01-31T23:59:59.999999Z', 'ann,6,20.5,0', 'bob,0,0,3'],
    ['at the expiry, before the next entry', '2026-02-01T00:00:00Z', 'ann,0,20.5,0', 'bob,0,0,3'],
    ['after everything', '2026-03-01T00:00:00Z', 'ann,0,19.5,0', 'bob,0,0,3'],
  ])('agrees with balances %s', async (_, at, ...lines) => {
    expect(await reconcile([HEADER, ...lines], { at })).toEqual({
      compared: 2,
      differing: 0,
      findings: [],
      at,
    });
  });

  it('compares with the current balances without an instant', async () => {
    const { findings, at } = await reconcile([HEADER, 'ann,0,19.5,0']);
    expect(findings).toEqual([]);
    expect(Date.parse(at)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('lists each different figure, unknown users, repeated lines and invalid lines', async () => {
    const lines = [
      HEADER,
      'bob,0,0,',
      'ann,1,19.5,2',
      'ghost,0,0,0',
      'ann,0,19.5,0',
      'cem,x,0,0',
      'cem,0,0,0',
    ];
    const { findings, compared, differing } = await reconcile(lines);

    expect([compared, differing]).toEqual([3, 2]);
    const zero = { recorded: '0', expected: '0' };
    expect(findings).toEqual([
      { kind: 'badLine', line: '6', complaint: expect.stringMatching(/^free must be/) as string },
      { kind: 'badLine', line: '5', complaint: 'line 3 already contains user ann' },
      { ...zero, kind: 'difference', userId: 'bob', figure: 'unpaid', recorded: '3' },
      { ...zero, kind: 'difference', userId: 'ann', figure: 'unpaid', expected: '2' },
      { ...zero, kind: 'difference', userId: 'ann', figure: 'free', expected: '1' },
      { kind: 'unknownUser', userId: 'ghost' },
    ]);
  });

  it('sorts by the size of the difference, whichever side has the user', async () => {
    const lines = [HEADER, 'bob,0,0,2.5', 'ghost,0,7,0', 'cem,1,0,0', 'dee,0,0,0'];
    const { findings } = await reconcile(lines, { isComplete: true });
    expect(findings.map((finding) => ('userId' in finding ? finding.userId : ''))).toEqual([
      'ann', // Has 19.5 and is not in the file.
      'ghost',
      'cem',
      'bob',
    ]);
  });

  it('accepts floating-point figures, and differences up to the tolerance', async () => {
    const lines = [
      `${HEADER},email`,
      'ann,-0.010000000000000000000001,19.51,0,a@example.com',
      'bob,-3.01,0,0,',
      'cem,0.01000000000000000001,1.1102230246251565e-16,0,',
    ];
    const { findings, compared } = await reconcile(lines, { tolerance: '0.01' });
    expect(compared).toBe(3);
    const difference = { kind: 'difference', recorded: '0' };
    expect(findings).toEqual([
      { ...difference, userId: 'cem', figure: 'free', expected: '0.01000000000000000001' },
      { ...difference, userId: 'ann', figure: 'unpaid', expected: '0.010000000000000000000001' },
    ]);
    expect((await reconcile([HEADER, 'ann,0,19.51,0'])).findings).toHaveLength(1);
  });

  it('reports users with credits or debts who are missing from a complete file', async () => {
    const { findings, compared } = await reconcile([HEADER, 'cem,0,0,0'], { isComplete: true });

    expect(compared).toBe(1);
    expect(findings.map((finding) => [finding.kind, 'userId' in finding ? finding.userId : ''])).toEqual([
      ['missingUser', 'ann'],
      ['missingUser', 'bob'],
    ]);
  });

  it('reads a file of more users than fit in memory, twice on one connection', async () => {
    const lines = [HEADER, ...Array.from({ length: 12_000 }, (_, n) => `u${n},0,0,0`), 'ann,0,19.5,0'];
    for (let time = 0; time < 2; time += 1) {
      const { findings, compared } = await reconcile(lines);
      expect(compared).toBe(1);
      expect(new Set(findings.map((finding) => finding.kind))).toEqual(new Set(['unknownUser']));
      expect(findings).toHaveLength(12_000);
    }
  });
});
