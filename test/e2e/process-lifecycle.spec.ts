import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCompiled } from '../support/compiled.js';
import { DataFolder, ServiceProcess } from '../support/compiled-service.js';
import { prepare } from '../support/prepared-folder.js';

const TEST_TIMEOUT_MS = 90_000;

describe('npm start on the embedded database', () => {
  let folder: DataFolder;
  const processes: ServiceProcess[] = [];

  const start = (env: NodeJS.ProcessEnv = {}): ServiceProcess => {
    const service = new ServiceProcess({ DATA_DIR: folder.path, ...env });
    processes.push(service);
    return service;
  };

  beforeAll(ensureCompiled, 180_000);
  beforeEach(() => (folder = new DataFolder()));
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((service) => service.kill()));
    folder.remove();
  });

  it(
    'creates its database and its secret, serves, and stops completely after Ctrl-C; then uses both again',
    async () => {
      const first = start();
      expect(await first.isReady()).toBe(true);
      const secretFile = join(folder.path, 'jwt-secret');
      const secret = readFileSync(secretFile, 'utf8');
      expect(statSync(secretFile).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder.path, 'postgres', 'credentials.json')).mode & 0o777).toBe(0o600);
      expect(await first.interrupt()).toBe(0);
      expect(folder.serverPid()).toBeNull();
      expect(first.stderr).toBe('');

      const second = start();
      expect(await second.isReady()).toBe(true);
      expect(readFileSync(secretFile, 'utf8')).toBe(secret);
      expect(await second.interrupt()).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'shares one server among processes that start at once; the last process stops it',
    async () => {
      const services = [start(), start(), start()];
      expect(await Promise.all(services.map((service) => service.isReady()))).toEqual([true, true, true]);
      const server = folder.serverPid();
      const [first, second, third] = services as [ServiceProcess, ServiceProcess, ServiceProcess];
      expect(await first.interrupt()).toBe(0);
      expect(folder.serverPid()).toBe(server);
      await second.kill();
      expect(await third.isReady()).toBe(true);
      expect(folder.serverPid()).toBe(server);
      expect(await third.interrupt()).toBe(0);
      expect(folder.serverPid()).toBeNull();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'adopts the server of a killed process',
    async () => {
      await prepare(folder);
      const killed = start();
      await killed.url();
      const server = folder.serverPid();
      await killed.kill();
      expect(folder.serverPid()).toBe(server);

      const next = start();
      expect(await next.isReady()).toBe(true);
      expect(folder.serverPid()).toBe(server);
      expect(await next.interrupt()).toBe(0);
      expect(folder.serverPid()).toBeNull();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'recovers after all processes were killed, even if the old process id is used again',
    async () => {
      await prepare(folder);
      const killed = start();
      await killed.url();
      const server = folder.serverPid() as number;
      await killed.kill();
      process.kill(server, 'SIGKILL');
      await until(() => folder.serverPid() === null);
      const pidFile = join(folder.path, 'postgres', 'cluster', 'postmaster.pid');
      expect(existsSync(pidFile)).toBe(true);
      writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid)));

      const next = start();
      expect(await next.isReady()).toBe(true);
      expect(await next.interrupt()).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'restarts a killed server at the same address while it serves',
    async () => {
      await prepare(folder);
      const service = start();
      await service.url();
      process.kill(folder.serverPid() as number, 'SIGKILL');
      await until(async () => folder.serverPid() !== null && (await service.isReady()));
      expect(await service.interrupt()).toBe(0);
      expect(folder.serverPid()).toBeNull();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'creates no other database if its data folder has gone, and continues when the folder is back',
    async () => {
      await prepare(folder);
      const service = start();
      await service.url();
      const [home, elsewhere] = [join(folder.path, 'postgres'), join(folder.path, 'elsewhere')];
      const server = folder.serverPid() as number;
      renameSync(home, elsewhere);
      process.kill(server, 'SIGQUIT');
      await until(() => service.stdout.includes('cannot be started again'));
      expect(service.stdout).toContain(`${home} is gone; put it back`);
      expect(existsSync(home)).toBe(false);
      renameSync(elsewhere, home);
      await until(() => service.isReady());
      expect(await service.interrupt()).toBe(0);
      expect(folder.serverPid()).toBeNull();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'ends, with its PostgreSQL, if its output is closed',
    async () => {
      await prepare(folder);
      const service = start({ LOG_LEVEL: 'debug' }); // One line per request.
      const url = await service.url();
      service.closeOutput();
      await fetch(`${url}/api/health/live`).catch(() => {}); // It can be gone before it answers.
      expect(await service.ended()).toBe(1);
      expect(folder.serverPid()).toBeNull();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'can be interrupted at any moment of its start',
    async () => {
      for (const delay_ms of [200, 700, 1_200]) {
        const service = start();
        await new Promise((resolve) => setTimeout(resolve, delay_ms));
        await service.interrupt();
        expect(folder.serverPid()).toBeNull();
        expect(service.stderr).toBe('');
      }
      const last = start();
      expect(await last.isReady()).toBe(true);
    },
    TEST_TIMEOUT_MS,
  );
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('It did not come about in time.');
    await sleep(20);
  }
}
