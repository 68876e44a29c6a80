import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convert } from '../support/converter.js';
import { importRecords } from '../support/lines.js';
import { startTestService } from '../support/service.js';

describe('the converter of docs/migration', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pmr-converter-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, ...documents: unknown[]): void =>
    writeFileSync(join(folder, `${name}.ndjson`), documents.map((one) => JSON.stringify(one)).join('\n'));
  const writeExport = (documents: Readonly<Record<string, readonly unknown[]>>): void => {
    for (const name of ['users', 'modules', 'deployments', 'creditTransactions']) {
      write(name, ...(documents[name] ?? []));
    }
  };
  const AT = { createdAt: '2026-01-01T01:00:00+01:00' };
  const ANN = { _id: 'ann', role: 'CUSTOMER' };
  const TAKEN_AT = '2026-01-01T00:00:00Z';

  it('leaves out records without an equivalent line, names them, and converts the rest', async () => {
    writeExport({
      users: [ANN],
      deployments: [{ _id: 'd1', userId: 'ann', moduleId: 'm', createdAt: 'soon' }],
      creditTransactions: [
        { _id: 't1', userId: 'ann', type: 'GIFT', amount: 1, ...AT },
        { _id: 't2', userId: 'ann', type: 'SPEND', amount: -1, deploymentId: 'd9', ...AT },
        { _id: 't3', userId: 'ann', type: 'AWARD', amount: 'many', ...AT },
        { _id: 't4', userId: 'ann', type: 'AWARD', amount: 0, ...AT },
        { _id: 't5', userId: 'ann', type: 'AWARD', amount: 0.1 + 0.2, ...AT },
        { _id: 't6', userId: 'ann', type: 'SPEND', amount: -1, deploymentId: 'd1', ...AT },
        ['t7'],
        { _id: 't8', userId: 'ann', type: 'AWARD', amount: 1e-9, ...AT },
      ],
    });
    const { code, lines, complaints } = await convert(folder);

    expect(code).toBe(1);
    expect(lines.slice(1).map((line) => JSON.parse(line) as unknown)).toEqual([
      { type: 'award', externalId: 't5', userId: 'ann', credits: '0.3', occurredAt: TAKEN_AT },
    ]);
    expect(complaints.split('\n')).toEqual(
      expect.arrayContaining([
        'deployments.ndjson line 1: "soon" is no time',
        'creditTransactions.ndjson line 1: no line is known for the type GIFT',
        'creditTransactions.ndjson line 2: it paid for deployment d9, of which deployments.ndjson gives no line',
        'creditTransactions.ndjson line 3: "many" is no decimal of up to 12 digits and 6 places',
        'creditTransactions.ndjson line 6: it paid for deployment d1, of which deployments.ndjson gives no line',
        'creditTransactions.ndjson line 7: it is no JSON object; export one document a line',
        'creditTransactions.ndjson line 8: 1e-9 is no decimal of up to 12 digits and 6 places',
        'creditTransactions.ndjson: 8 documents; of 0 credits 1, award lines 1, left out 6',
        '7 documents were left out.',
      ]),
    );
  });

  it('values no purchase by the rate unless told to, and reports ignored fields', async () => {
    const purchase = { userId: 'ann', type: 'PURCHASE', amount: 100, ...AT };
    writeExport({
      users: [ANN],
      creditTransactions: [
        { _id: 't1', ...purchase, pricePaid: 8 },
        { _id: 't2', ...purchase, price: 8 },
        { _id: 't3', ...purchase, price: 0 },
        { _id: 't4', ...purchase, type: 'SPEND', amount: 5, pool: 'PURCHASED' },
      ],
    });
    write('openingBalances', { userId: 'bob', free: 0, purchased: 5, at: '2025-01-01T00:00:00Z' });
    const strict = await convert(folder);
    expect(strict.code).toBe(1);
    expect(strict.lines.filter((line) => line.includes('purchase')).map((line) => line.slice(-14))).toEqual([
      '"amount":"8"}'.padStart(14, ','),
      '"amount":"0"}'.padStart(14, ','),
    ]);
    expect(strict.complaints).toMatch(/^creditTransactions.ndjson line 1: it has no price; /m);
    expect(strict.complaints).toMatch(/^creditTransactions.ndjson line 4: it has no price; /m);
    expect(strict.complaints).toMatch(/^openingBalances.ndjson line 1: it has no price; /m);
    expect(strict.complaints).toMatch(/^ {2}PURCHASE: read: .*price 2.*; never read: pricePaid 1$/m);

    const byRate = await convert(folder, '--price-by-rate');
    expect(byRate.code).toBe(0);
    expect(byRate.lines.filter((line) => line.includes('purchase'))).toHaveLength(5);
    expect(byRate.complaints).toContain('purchases: without a price, valued by the rate: 2\n');
    expect(byRate.complaints).toContain('opening balances: without a price, valued by the rate: 1\n');
  });

  it('reports unknown words', async () => {
    writeExport({
      users: [ANN, { _id: 'bob', role: 'Customer' }, { _id: 'cem', role: 'Customer' }, { _id: 'dee' }],
      creditTransactions: [
        { _id: 't1', userId: 'ann', type: 'SPEND', amount: -1, pool: 'Free', purpose: 'OTHER', ...AT },
      ],
    });
    const { code, lines, complaints } = await convert(folder);
    expect(code).toBe(1);
    expect(lines).toHaveLength(5);
    expect(complaints).toContain('role "Customer": unknown, so it gives no role: 2\n');
    expect(complaints).toContain('pool "Free": unknown, so it says nothing of the pool: 1\n');
  });

  it('keeps deleted owners, their modules and the deployments of these', async () => {
    writeExport({
      users: [ANN],
      modules: [{ _id: 'maps', name: 'Maps', ownerId: 'gone', price: 3 }],
      deployments: [{ _id: 'd1', userId: 'ann', moduleId: 'maps', ...AT }],
      creditTransactions: [
        {
          _id: 't1',
          userId: 'ann',
          type: 'PURCHASE',
          amount: 4,
          price: 2,
          createdAt: '2025-12-31T00:00:00Z',
        },
        { _id: 't2', userId: 'ann', type: 'SPEND', amount: -4, deploymentId: 'd1', ...AT },
      ],
    });
    const { code, lines, complaints } = await convert(folder);
    expect(code).toBe(0);
    expect(complaints).toContain(
      'deleted owners of modules: not in users.ndjson, recorded by their ids alone: 1\n',
    );
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      expect.arrayContaining([{ type: 'user', id: 'gone', roles: ['partner'] }]),
    );
    const service = await startTestService();
    try {
      expect(await importRecords(service.app, lines)).toMatchObject({ added: 5, refused: 0 });
    } finally {
      await service.close();
    }
  });

  it('converts a balance below 0 to unpaid credits', async () => {
    const minus = { freeCredits: -2, purchasedCredits: { $numberDecimal: '-1E-1' } };
    write('users', { ...ANN, ...minus }, { _id: 'bob', freeCredits: 3 });
    const { code, lines, complaints } = await convert(folder, '--balances');
    expect(code).toBe(0);
    expect(lines).toEqual(['userId,free,purchased,unpaid', 'ann,0,0,2.1', 'bob,3,0,0']);
    expect(complaints).toContain('users: a balance below 0, which is unpaid: 1\n');
  });

  it.each<[zone: string | null, readonly (readonly [unknown, string | RegExp])[]]>([
    [
      null,
      [
        ['2026-01-01T01:00:00.123456+01:00', '2026-01-01T00:00:00.123456Z'],
        ['2026-01-01T00:00:00.120000000Z', '2026-01-01T00:00:00.120Z'],
        ['2026-01-01T00:00:00.1234567Z', /is finer than a microsecond$/],
        [{ seconds: 1_767_225_600, nanoseconds: 123_456_000 }, '2026-01-01T00:00:00.123456Z'],
        [{ _seconds: 1_767_225_600, _nanoseconds: 0 }, '2026-01-01T00:00:00Z'],
        [{ seconds: 1_767_225_600, nanoseconds: 1 }, /is finer than a microsecond$/],
        [{ seconds: 1_767_225_600 }, /is no time$/],
        [{ $date: { $numberLong: '1767225600001' } }, '2026-01-01T00:00:00.001Z'],
        [1_767_225_600_000, '2026-01-01T00:00:00Z'],
        [1_767_225_600, /is no number of milliseconds of 1973 or later; where it counts seconds,/],
        ['2026-01-01T00:00:00', /names no time zone; say which it is with --time-zone$/],
        ['2026-02-30T00:00:00Z', /is no time$/],
      ],
    ],
    [
      'UTC',
      [
        ['2026-01-01 00:00', '2026-01-01T00:00:00Z'],
        ['2026-01-01', /is a day without a time$/],
      ],
    ],
    ['+02:00', [['2026-01-01T00:00:00', '2025-12-31T22:00:00Z']]],
    [
      'Europe/Berlin',
      [
        ['2026-07-01T00:00:00.5', '2026-06-30T22:00:00.500Z'],
        ['2026-03-29T02:30:00', /was left out by the clocks of that zone$/],
        ['2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
        ['2026-10-25T02:30:00+01:00', '2026-10-25T01:30:00Z'],
      ],
    ],
  ])('reads times of the zone %s the same wherever it runs', async (zone, times) => {
    const award = { userId: 'ann', type: 'AWARD', amount: 1 };
    writeExport({
      users: [ANN],
      creditTransactions: times.map(([createdAt], n) => ({ _id: `t${n}`, ...award, createdAt })),
    });
    const { lines, complaints } = await convert(folder, ...(zone === null ? [] : ['--time-zone', zone]));
    const taken = new Map(
      lines.slice(1).map((line) => {
        const { externalId, occurredAt } = JSON.parse(line) as Record<string, string>;
        return [externalId, occurredAt];
      }),
    );
    for (const [n, [, expected]] of times.entries()) {
      const complaint = new RegExp(`^creditTransactions.ndjson line ${n + 1}: (.*)$`, 'm').exec(
        complaints,
      )?.[1];
      const found = taken.get(`t${n}`) ?? complaint;
      expect(found).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
    }
    const isTold = complaints.includes('times: shown twice by the clock, taken as the earlier: 1\n');
    expect(isTold).toBe(zone === 'Europe/Berlin');
  });

  it('names a zone that does not exist, and files that are missing', async () => {
    writeExport({});
    expect(await convert(folder, '--time-zone', 'Berlin')).toMatchObject({
      code: 2,
      complaints: expect.stringMatching(/^--time-zone Berlin is no time zone; [^\n]*\n$/) as string,
    });
    rmSync(join(folder, 'modules.ndjson'));
    expect(await convert(folder)).toMatchObject({
      code: 2,
      complaints: `${join(folder, 'modules.ndjson')} cannot be found.\n`,
    });
  });
});
