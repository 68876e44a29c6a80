import { ensureCompiled } from '../support/compiled.js';
import { ServiceProcess } from '../support/compiled-service.js';
import { freeze, thaw } from '../support/frozen.js';
import { TestPostgres } from '../support/standby.js';
import { TEST_JWT_SECRET } from '../support/tokens.js';
import { databaseFolder } from '../support/test-cluster.js';

describe('a start', () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    await ensureCompiled();
    postgres = await TestPostgres.start(databaseFolder('late'));
  }, 300_000);
  afterAll(() => postgres?.remove());

  const start = (wait_seconds: number): ServiceProcess =>
    new ServiceProcess({
      NODE_ENV: 'test',
      DATABASE_URL: postgres.serviceUrl,
      DATABASE_OWNER_URL: postgres.ownerUrl,
      DATABASE_WAIT_SECONDS: String(wait_seconds),
      AUTH_JWT_SECRET: TEST_JWT_SECRET,
    });

  it('waits for a database that starts later, with one line per attempt', async () => {
    await postgres.stop();
    const service = start(60);
    const waiting = /cannot be reached \(connect ECONNREFUSED [^)]+\); trying again in \d+\.\d s\./g;
    while ((service.stdout.match(waiting) ?? []).length < 2)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await postgres.restart();
    expect(await service.isReady()).toBe(true);
    expect(service.stderr).toBe('');
    expect(service.stdout).not.toContain('    at ');
    await service.kill();
  }, 120_000);

  it('gives up on a frozen database, in one line and without a stack', async () => {
    freeze(postgres.pid);
    try {
      const service = start(1);
      expect(await service.ended()).toBe(1);
      expect(service.stderr).toMatch(
        /^The database at \S+ cannot be reached \([^)]+\)\. Start it, or check DATABASE_URL\.\n$/,
      );
      expect(service.stdout).not.toContain('    at ');
    } finally {
      thaw(postgres.pid);
    }
  }, 120_000);

  it('ends at once on a signal while it waits', async () => {
    await postgres.stop();
    const service = start(600);
    while (!service.stdout.includes('trying again in 4'))
      await new Promise((resolve) => setTimeout(resolve, 50));
    const told_ms = performance.now();
    expect(await service.interrupt()).toBe(0);
    expect(performance.now() - told_ms).toBeLessThan(3_000);
    await postgres.restart();
  }, 120_000);
});
