import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCompiled } from '../support/compiled.js';
import { DataFolder, ServiceProcess } from '../support/compiled-service.js';
import { send } from '../support/http-client.js';
import { prepare } from '../support/prepared-folder.js';

const TEST_TIMEOUT_MS = 120_000;

describe('npm run demo', () => {
  let folder: DataFolder;
  const processes: ServiceProcess[] = [];

  beforeAll(ensureCompiled, 180_000);
  beforeEach(() => (folder = new DataFolder()));
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((demo) => demo.kill()));
    folder.remove();
  });

  const start = (): ServiceProcess => {
    const demo = new ServiceProcess({ DATA_DIR: folder.path }, ['--demo']);
    processes.push(demo);
    return demo;
  };
  /** Waits until the demo has printed this. */
  const printed = async (
    demo: ServiceProcess,
    what: RegExp,
    where: 'stdout' | 'stderr' = 'stdout',
  ): Promise<string> => {
    for (;;) {
      const found = what.exec(demo[where])?.[0];
      if (found !== undefined) return found;
      const isOver = await Promise.race([demo.ended().then(() => true), sleep(20, false)]);
      if (isOver) throw new Error(`It ended: ${demo.stdout}${demo.stderr}`);
    }
  };
  const signInsOf = (demo: ServiceProcess): string[] => demo.stdout.match(/\S+@demo\.example +\S+/g) ?? [];

  it(
    'prints a command that works when pasted, and keeps its data and passwords',
    async () => {
      const first = start();
      const command = await printed(first, /^curl .*\n/m);
      expect(first.stdout).toMatch(/\d+ lines imported/);
      const rows = execFileSync('bash', ['-c', command], { encoding: 'utf8' }).split('\r\n');
      expect(rows[0]).toMatch(/^Deployment ID,/);
      expect(rows.length).toBeGreaterThan(5);
      expect(signInsOf(first)).toHaveLength(4);
      expect(await first.interrupt()).toBe(0);
      expect(folder.serverPid()).toBeNull();

      const second = start();
      await printed(second, /^curl /m);
      expect(second.stdout).toContain('The demo platform is already loaded.');
      expect(signInsOf(second)).toEqual(signInsOf(first));
      expect((await send(`${await second.url()}/api/docs`)).status).toBeLessThan(400);
      expect((await send(`${await second.url()}/page/platform.json`)).json()).toMatchObject({
        name: 'Harbour Modules',
        accent: '#0b7285',
      });
      expect(await second.interrupt()).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'loads everything after it was killed while loading',
    async () => {
      await prepare(folder);
      const killed = start();
      await printed(killed, /^reading: \d+ lines$/m, 'stderr');
      await killed.kill();
      expect(killed.stdout).not.toContain('lines imported');

      const imported = start();
      await printed(imported, /\d+ lines imported/);
      await imported.kill(); // while it closes months

      const next = start();
      await printed(next, /^curl /m);
      expect(next.stdout).toContain('already loaded');
      expect(next.stdout).toMatch(/│ +partlyPaid │/);
      expect(await next.interrupt()).toBe(0);
      expect(folder.serverPid()).toBeNull();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'loads once if two start at the same time',
    async () => {
      await prepare(folder);
      const demos = [start(), start()];
      await Promise.all(demos.map((demo) => printed(demo, /^curl /m)));
      const totals = demos.map((demo) => /^In all, .*$/m.exec(demo.stdout)?.[0]);
      expect(totals[1]).toBe(totals[0]);
      expect(signInsOf(demos[1] as ServiceProcess)).toEqual(signInsOf(demos[0] as ServiceProcess));
    },
    TEST_TIMEOUT_MS,
  );
});
