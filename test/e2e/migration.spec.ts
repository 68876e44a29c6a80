import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { Command } from '../support/command.js';
import { ensureCompiled, ROOT } from '../support/compiled.js';
import { send } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { OldPlatform } from '../support/old-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { TEST_JWT_SECRET, tokenOf } from '../support/tokens.js';

const EXAMPLE = join(ROOT, 'docs', 'migration', 'example-export');
const CONVERTER = join(ROOT, 'docs', 'migration', 'convert-export.mjs');

interface Conversion {
  readonly code: number;
  readonly lines: string[];
  readonly complaints: string;
}

/** Runs the converter of the documentation as its reader would. */
async function convert(folder: string, ...options: string[]): Promise<Conversion> {
  const run = promisify(execFile)(process.execPath, [CONVERTER, folder, ...options], { maxBuffer: 1 << 28 });
  const { code, stdout, stderr } = await run.then(
    (done) => ({ code: 0, ...done }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return { code, lines: stdout.split('\n').filter((line) => line !== ''), complaints: stderr };
}

describe('moving in', () => {
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

  it('brings the example of the documentation over to the last digit', async () => {
    const { code, lines } = await convert(EXAMPLE);
    expect(code).toBe(0);
    expect(await importRecords(service.app, lines)).toMatchObject({ lines: 26, added: 26, refused: 0 });

    // d-0 went into an opening balance, d-5 cost nothing; 25 credits of d-2 stay paid at 0.08.
    expect(await grossOfMaker('acme')).toEqual({ 'd-1': '2.24', 'd-2': '2', 'd-3': '3.78', 'd-4': '3.2' });
    const balances = (await convert(EXAMPLE, '--balances')).lines;
    const found = await reconcile(balances, '--complete', '--at', '2026-05-01T00:00:00Z');
    expect(found).toEqual({
      code: 0,
      out: 'Compared the balances of 4 users at 2026-05-01T00:00:00Z: 0 differ.\n',
    });
  });

  it('lists what differs, with exit code 1', async () => {
    await importRecords(service.app, (await convert(EXAMPLE)).lines);
    const balances = ['userId,free,purchased', 'bob,4.1,5', 'nobody,0,0', 'cem,ten,8'];
    const { code, out } = await reconcile(balances, '--complete');

    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^line 4: free must be a decimal string/),
      'user 65e1a0000000000000000a01: not in the file, but has free 0, purchased 40, unpaid 0',
      'user bob: purchased is 4, the file says 5',
      'user cem: not in the file, but has free 10, purchased 8, unpaid 0',
      'user nobody: in the file, but not recorded here',
      expect.stringMatching(/^Compared the balances of 1 users at .*Z: 1 differ; 5 findings\.$/),
      '',
    ]);
  });

  it('follows a platform that goes on, export after export, and agrees with it at every switch', async () => {
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

  it('begins with opening lots where the history is not complete', async () => {
    const old = new OldPlatform(40, 1_500);
    const [begin, end] = [old.timeAt(0.5), old.timeAt(1)];
    old.export(folder, end);
    old.openingBalances(folder, begin);
    const { code, lines } = await convert(folder);
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

  it('leaves out what no line can say, names it, and converts the rest', async () => {
    const write = (name: string, ...documents: unknown[]): void =>
      writeFileSync(join(folder, `${name}.ndjson`), documents.map((one) => JSON.stringify(one)).join('\n'));
    write('users', { _id: 'ann', role: 'CUSTOMER', freeCredits: -2 });
    write('modules');
    write('deployments', { _id: 'd1', userId: 'ann', moduleId: 'm', createdAt: 'soon' });
    const at = { createdAt: '2026-01-01T01:00:00+01:00' };
    write(
      'creditTransactions',
      { _id: 't1', userId: 'ann', type: 'GIFT', amount: 1, ...at },
      { _id: 't2', userId: 'ann', type: 'SPEND', amount: -1, deploymentId: 'd9', ...at },
      { _id: 't3', userId: 'ann', type: 'AWARD', amount: 'many', ...at },
      { _id: 't4', userId: 'ann', type: 'AWARD', amount: 0, ...at },
      { _id: 't5', userId: 'ann', type: 'AWARD', amount: 0.1 + 0.2, ...at },
    );
    const { code, lines, complaints } = await convert(folder);

    expect(code).toBe(1);
    expect(lines.slice(1).map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        type: 'award',
        externalId: 't5',
        userId: 'ann',
        credits: '0.3',
        occurredAt: '2026-01-01T00:00:00.000Z',
      },
    ]);
    expect(complaints.trim().split('\n')).toEqual([
      'deployments.ndjson line 1: "soon" is no time',
      'creditTransactions.ndjson line 1: no line is known for the type GIFT',
      'creditTransactions.ndjson line 2: it paid for deployment d9, which is not in deployments.ndjson',
      'creditTransactions.ndjson line 3: "many" is no decimal of up to 12 digits and 6 places',
      '4 documents were left out.',
    ]);
    expect((await convert(folder, '--balances')).complaints).toContain('a negative number of credits (-2)');
  });
});
