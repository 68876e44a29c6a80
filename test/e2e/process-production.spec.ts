import { SCHEMA } from '../../migrations/index.js';
import { ensureCompiled } from '../support/compiled.js';
import { ServiceProcess } from '../support/compiled-service.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { refusal, send } from '../support/http-client.js';
import { TEST_JWT_SECRET, tokenOf } from '../support/tokens.js';

const TEST_TIMEOUT_MS = 120_000;
/** Warnings as libraries write them: through the process and through the console, with line breaks, at any time. */
const TALKATIVE = `process.on('SIGUSR2', () => {
  process.emitWarning('old\\nand deprecated', 'DeprecationWarning', 'DEP0');
  console.warn('a warning of %s', 'a library\\nin two lines');
  console.error(new Error('an error of a library'));
  console.log('said');
});`;

interface LogLine {
  readonly level: string;
  readonly msg?: string;
  readonly path?: string;
  readonly context?: string;
  readonly migrations?: readonly string[];
}

describe('npm start in production', () => {
  let database: TestDatabase;
  let service: ServiceProcess;

  beforeAll(async () => {
    await ensureCompiled();
    database = await createTestDatabase({ migrated: false });
    service = new ServiceProcess({
      NODE_ENV: 'production',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TALKATIVE)}`,
      DATABASE_URL: database.serviceUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      AUTH_JWT_SECRET: TEST_JWT_SECRET,
    });
    await service.url();
  }, 240_000);
  afterAll(async () => {
    await service?.kill();
    await database?.drop();
  });

  /** Both streams, as in a container's log; every line must be a log line. */
  const log = (): LogLine[] =>
    `${service.stdout}${service.stderr}`
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  const logged = async (part: Partial<Record<keyof LogLine, unknown>>): Promise<void> => {
    while (
      !log().some((line) =>
        Object.entries(part).every(([key, value]) => line[key as keyof LogLine] === value),
      )
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it(
    'logs in JSON only, whatever libraries write',
    async () => {
      service.send('SIGUSR2');
      await logged({ level: 'warn', context: 'DeprecationWarning', msg: 'old\nand deprecated' });
      await logged({ level: 'warn', context: 'console', msg: 'a warning of a library\nin two lines' });
      await logged({ level: 'info', context: 'console', msg: 'said' });
      const errors = log().filter(({ level }) => level === 'error');
      expect(errors).toEqual([
        expect.objectContaining({ msg: expect.stringMatching(/an error of a library/) as string }),
      ]);
    },
    TEST_TIMEOUT_MS,
  );

  it('logs the migrations that it applied', () => {
    const [applied, ...more] = log().filter(({ migrations }) => migrations !== undefined);
    expect(more).toEqual([]);
    expect(applied).toMatchObject({
      level: 'info',
      msg: expect.stringMatching(/^Applied all \d+ migrations/) as string,
    });
    expect(applied?.migrations?.length).toBe(SCHEMA.migrations.length);
  });

  it(
    'logs requests, but not health checks',
    async () => {
      const url = await service.url();
      for (const path of ['/api/health/live', '/api/health/ready'])
        expect((await send(url + path)).status).toBe(200);
      await send(`${url}/api/auth/me`, { token: tokenOf('a', ['user']) });
      await logged({ level: 'info', path: '/api/auth/me' });
      expect(log().filter(({ path }) => path?.startsWith('/api/health'))).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  it('serves no API documentation', async () => {
    const url = await service.url();
    for (const path of ['/api/openapi.json', '/api/docs', '/api/docs/swagger-ui.css']) {
      refusal(await send(url + path), 404);
    }
  });

  it(
    'ends on SIGTERM with lines of JSON only',
    async () => {
      expect(await service.signal('SIGTERM')).toBe(0);
      expect(log().filter(({ level }) => level === 'error')).toHaveLength(1); // The line of the library above.
    },
    TEST_TIMEOUT_MS,
  );
});
