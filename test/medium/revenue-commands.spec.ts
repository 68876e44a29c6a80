import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { commandLine } from '../../src/cli/program.js';
import { importRecords } from '../support/lines.js';
import { ACME, allRows, askRevenue, revenueReport } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { TEST_JWT_SECRET } from '../support/tokens.js';

describe('the commands about revenue', () => {
  const environment = process.env;
  let service: TestService;
  let folder: string;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
    folder = await mkdtemp(join(tmpdir(), 'pmr-report-'));
    process.env = {
      ...environment,
      NODE_ENV: 'test',
      DATABASE_URL: service.database.serviceUrl,
      DATABASE_OWNER_URL: service.database.ownerUrl,
      AUTH_JWT_SECRET: TEST_JWT_SECRET,
    };
  });
  afterAll(async () => {
    process.env = environment;
    await rm(folder, { recursive: true });
    await service.close();
  });
  afterEach(() => {
    process.exitCode = undefined;
  });

  describe('report', () => {
    it('prints the latest rows and the totals of all', async () => {
      const { out } = await run('report', '--partner', 'acme', '--rows', '3');
      const { data, totals } = await revenueReport(service, 'limit=3', ACME);
      for (const row of data) expect(out).toContain(`│ ${row.createdAt} │ ${row.deploymentId} `);
      expect(out).toContain(`Total of ${totals.deployments} deployments`);
      expect(out).toMatch(new RegExp(`│ +${totals['revenue']?.replace('.', '\\.')} │`));
      expect(out).toContain(`These are the latest 3 of ${totals.deployments} deployments.`);
      expect(out).not.toMatch(/ann|bob|cem|customers/);
    });

    it('filters by dates, zone and modules', async () => {
      const { out } = await run(
        ...['report', '--partner', 'acme', '--from', '2026-02-01', '--to', '2026-02-28', '--time-zone'],
        ...['Europe/Berlin', '--module', 'a-maps', '--module', 'a-atlas', '--include-free'],
      );
      const query =
        'startDate=2026-02-01&endDate=2026-02-28&timeZone=Europe/Berlin&moduleId=a-maps&moduleId=a-atlas';
      const { totals } = await revenueReport(service, `${query}&includeFree=true`, ACME);
      expect(totals.deployments).toBeGreaterThan(0);
      expect(out).toContain(`Total of ${totals.deployments} deployments`);
      expect(out).toContain('with a-atlas, a-maps alone, from 2026-02-01 to 2026-02-28 (Europe/Berlin)');
    });

    it('shows when the last revenue was if there is none', async () => {
      const { out } = await run('report', '--partner', 'bolt', '--from', '2030-01-01');
      const [last] = await allRows(service, 'partnerId=bolt');
      expect(out).toContain(
        `No deployment gave revenue in this range; the last revenue was at ${last?.createdAt}.`,
      );
    });

    it('writes into a pipe, without replacing it by a file', async () => {
      const pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const read = readFile(pipe, 'utf8');
      await run('report', '--partner', 'acme', '--csv', pipe);
      expect(await read).toBe((await askRevenue(service, 'format=csv', ACME)).text);
      expect((await stat(pipe)).isFIFO()).toBe(true);
      await rm(pipe);
    });

    it('writes the CSV that the partner would get, completely or not at all', async () => {
      const file = join(folder, 'acme.csv');
      await run('report', '--partner', 'acme', '--csv', file);
      const answer = await askRevenue(service, 'format=csv', ACME);
      expect(await readFile(file, 'utf8')).toBe(answer.text);
      await expect(run('report', '--partner', 'acme', '--csv', join(folder, 'no', 'a.csv'))).rejects.toThrow(
        /cannot be written \(ENOENT\)\. Give --csv another path\.$/,
      );
      expect(await readdir(folder)).toEqual(['acme.csv']);
    });

    it.each([
      [['--partner', 'nobody'], /There is no partner nobody/],
      [['--partner', 'acme', '--module', 'nothing'], /There is no module nothing/],
      [['--partner', 'acme', '--from', '2026-02-30'], /2026-02-30.* is invalid/],
      [
        ['--partner', 'acme', '--from', '2026-02-02', '--to', '2026-02-01'],
        /endDate must not be before startDate/,
      ],
      [['--partner', 'acme', '--time-zone', 'Mars/Olympus'], /IANA time zone/],
      [['--partner', 'acme', '--rows', '0'], /from 1 to 500/],
      [[], /required option '--partner <id>'/],
    ])('refuses %j with a reason', async (options, why) => {
      await expect(run('report', ...options)).rejects.toThrow(why);
    });
  });

  it('verify reports success', async () => {
    const { out } = await run('verify');
    expect(out).toMatch(/^Verified 6 users with \d+ entries, 120 of them deployments\./);
    expect(out).toMatch(/All stored figures match the ledger, and all invariants hold; 0 warnings\.\n$/);
    expect(process.exitCode).toBeUndefined();
  });

  it('verify names every difference and fails; rebuild repairs it', async () => {
    const owner = new Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
    await owner.query(`UPDATE credit_accounts SET free_credits = 7 WHERE user_id = 'ann'`);
    await owner.query(`DELETE FROM deployment_revenue WHERE deployment_id = 'd-0003'`);
    await owner.end();

    const { out, errors } = await run('verify');
    expect(errors).toContain('credit_accounts (user_id=ann): free_credits is 7, 0 according to the ledger\n');
    expect(errors).toContain(
      'deployment_revenue (user_id=ann, deployment_id=d-0003): missing; the ledger requires it\n',
    );
    expect(out).toMatch(/2 differences, \d+ violated invariants, 0 warnings/);
    expect(process.exitCode).toBe(1);

    process.exitCode = undefined;
    expect((await run('rebuild')).out).toMatch(
      /^Rebuilt 6 users with \d+ entries, 120 of them deployments, in /,
    );
    await run('verify');
    expect(process.exitCode).toBeUndefined();
  });
});

/** Runs a command in this process, as `npm run cli -- ...` would. */
async function run(...words: string[]): Promise<{ out: string; errors: string }> {
  const program = commandLine()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} });
  const written = { out: '', errors: '' };
  const [log, error] = [
    jest.spyOn(console, 'log').mockImplementation((text: string) => void (written.out += `${text}\n`)),
    jest.spyOn(console, 'error').mockImplementation((text: string) => void (written.errors += `${text}\n`)),
  ];
  const progress = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await program.parseAsync(words, { from: 'user' });
    return written;
  } finally {
    for (const spy of [log, error, progress]) spy.mockRestore();
  }
}
