import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { Command } from '../support/command.js';
import { ensureCompiled } from '../support/compiled.js';
import { convert, EXAMPLE_EXPORT } from '../support/converter.js';
import { send } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { OldPlatform } from '../support/old-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { TEST_JWT_SECRET, tokenOf } from '../support/tokens.js';

describe('migration from another platform', () => {
  let service: TestService;
  let folder: string;

  beforeAll(ensureCompiled, 180_000);
  beforeEach(async () => {
    service = await startTestService();
    folder = mkdtempSync(join(tmpdir(), 'pmr-migration-'));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await service?.close();
  });

  const reconcile = async (
    balances: string[],
    ...options: string[]
  ): Promise<{ code: number | null; out: string }> => {
    const file = join(folder, 'balances.csv');
    writeFileSync(file, balances.join('\n'));
    const command = new Command(
      {
        DATABASE_URL: service.database.serviceUrl,
        DATABASE_OWNER_URL: service.database.ownerUrl,
        AUTH_JWT_SECRET: TEST_JWT_SECRET,
      },
      ['reconcile', file, ...options],
    );
    return { code: await command.ended(), out: command.stdout };
  };
  const grossOfMaker = async (partner: string): Promise<unknown> => {
    const url = `${service.url}/api/revenue?order=asc`;
    const { data } = (await send(url, { token: tokenOf(partner, ['partner']) })).json<{
      data: { deploymentId: string; grossRevenue: string }[];
    }>();
    return Object.fromEntries(data.map(({ deploymentId, grossRevenue }) => [deploymentId, grossRevenue]));
  };

  it('imports the example of the documentation exactly', async () => {
    const { code, lines } = await convert(EXAMPLE_EXPORT);
    expect(code).toBe(0);
    expect(await importRecords(service.app, lines)).toMatchObject({ lines: 26, added: 26, refused: 0 });

    // d-0 is part of an opening balance, d-5 cost nothing; 25 credits of d-2 remain paid at 0.08.
    expect(await grossOfMaker('acme')).toEqual({ 'd-1': '2.24', 'd-2': '2', 'd-3': '3.78', 'd-4': '3.2' });
    const balances = (await convert(EXAMPLE_EXPORT, '--balances')).lines;
    const found = await reconcile(balances, '--complete', '--at', '2026-05-01T00:00:00Z');
    expect(found).toEqual({
      code: 0,
      out: 'Compared the balances of 4 users at 2026-05-01T00:00:00Z: 0 differ.\n',
    });
  });

  it('lists differences, with exit code 1', async () => {
    await importRecords(service.app, (await convert(EXAMPLE_EXPORT)).lines);
    const balances = ['userId,free,purchased', 'bob,4.1,5', 'nobody,0,0', 'cem,ten,8'];
    const { code, out } = await reconcile(balances, '--complete');

    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^line 4: free must be a decimal string/),
      'user 65e1a0000000000000000a01: not in the file, but has free 0, purchased 40, unpaid 0',
      'user cem: not in the file, but has free 10, purchased 8, unpaid 0',
      'user bob: purchased is 4, the file says 5',
      'user nobody: in the file, but not recorded here',
      expect.stringMatching(/^Compared the balances of 1 users at .*Z: 1 differ; 5 findings\.$/),
      '',
    ]);
  });

  it('accepts the raw figures of the old store, with their other fields', async () => {
    await importRecords(service.app, (await convert(EXAMPLE_EXPORT)).lines);
    const balances = [
      'email;userId;free;purchased',
      'bob@example.com;bob;4.1000000000000005;4',
      '"C;e;m";cem;1e1;8',
      'a;acme;0;0',
      'x;65e1a0000000000000000a01;0;39.995',
      'x;gone;-0.001;0',
    ];
    const found = await reconcile(balances, '--complete', '--tolerance', '0.01');
    expect(found).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^Compared the balances of 5 users at \S+: 0 differ by more than 0.01\.\n$/,
      ) as string,
    });
    expect((await reconcile([])).code).toBe(1);
  });

  it('compares partners’ revenue month by month', async () => {
    await importRecords(service.app, (await convert(EXAMPLE_EXPORT)).lines);
    const revenue = ['partnerId\tmonth\tgross', 'acme\t2026-03\t5.44', 'acme\t2026-04\t5.78'];
    expect(await reconcile(revenue, '--complete')).toEqual({
      code: 0,
      out: 'Compared 2 months of partners in UTC: 0 differ.\n',
    });
    const wrong = [
      'month,gross,partnerId',
      '2026-03,5.4,acme',
      '2025-01,3,acme',
      '2026-04,9,zed',
      '2026-3,9,acme',
      '2025-01,4,acme',
    ];
    expect(await reconcile(wrong, '--complete')).toEqual({
      code: 1,
      out: [
        'line 5: month must be a month such as 2026-05',
        'line 6: line 3 already contains the revenue of partner acme in 2025-01',
        'partner zed, 2026-04: the file says 9, but the partner is not recorded here',
        'partner acme, 2026-04: not in the file, but gross is 5.78',
        'partner acme, 2025-01: gross is 0, the file says 3',
        'partner acme, 2026-03: gross is 5.44, the file says 5.4',
        'Compared 2 months of partners in UTC: 2 differ; 6 findings.',
        '',
      ].join('\n'),
    });
    expect((await reconcile(wrong, '--at', '2026-01-01T00:00:00Z')).code).toBe(1);
  });

  it('follows a platform in operation, export after export, and agrees with it at every switch', async () => {
    const old = new OldPlatform(40, 1_500);
    const seen: number[] = [];
    for (const part of [0.3, 0.7, 0.7, 1]) {
      const at = old.timeAt(part);
      old.export(folder, at);
      const { code, lines } = await convert(folder);
      expect(code).toBe(0);
      const report = await importRecords(service.app, lines, { update: true });
      expect(report.refusals).toEqual([]);
      seen.push(report.added);

      const balances = (await convert(folder, '--balances')).lines;
      expect(await reconcile(balances, '--complete', '--at', at)).toMatchObject({ code: 0 });
    }
    expect(seen[0]).toBeGreaterThan(300);
    expect(seen[1]).toBeGreaterThan(300);
    expect(seen[2]).toBe(0);
    expect(isClean(await service.app.get(RevenueService, { strict: false }).verify())).toBe(true);
  });

  it('starts with opening lots if the history is not complete', async () => {
    const old = new OldPlatform(40, 1_500);
    const [begin, end] = [old.timeAt(0.5), old.timeAt(1)];
    old.export(folder, end);
    old.openingBalances(folder, begin);
    const { code, lines } = await convert(folder, '--price-by-rate');
    expect(code).toBe(0);
    expect(lines.some((line) => line.includes('"opening:u1"'))).toBe(true);
    expect((await importRecords(service.app, lines)).refusals).toEqual([]);

    old.export(folder, begin);
    const before = (await convert(folder, '--balances')).lines;
    expect(await reconcile(before, '--complete', '--at', begin)).toMatchObject({ code: 0 });
    old.export(folder, end);
    const after = (await convert(folder, '--balances')).lines;
    expect(await reconcile(after, '--complete', '--at', end)).toMatchObject({ code: 0 });
  });
});
