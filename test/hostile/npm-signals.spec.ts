import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCompiled, ROOT } from '../support/compiled.js';
import { DataFolder, ServiceProcess } from '../support/compiled-service.js';
import { prepare } from '../support/prepared-folder.js';
import { rounds } from './rounds.js';

const TEST_TIMEOUT_MS = 90_000;
const PATIENCE_MS = 40_000;

describe('a signal to npm', () => {
  let folder: DataFolder;
  let started: ServiceProcess | null = null;

  const npm = (script: string, ...args: string[]): ServiceProcess => {
    started = new ServiceProcess({ DATA_DIR: folder.path }, args, ['npm', 'run', script, '--']);
    return started;
  };

  beforeAll(ensureCompiled, 180_000);
  beforeEach(async () => {
    folder = new DataFolder();
    await prepare(folder);
  });
  afterEach(async () => {
    if (started?.isRunning()) started.killGroup();
    await started?.ended();
    folder.remove();
  });

  it.each(['start', 'demo'].slice(0, rounds(1, 2)))(
    'ends the process of npm run %s, and its PostgreSQL',
    async (script) => {
      const service = npm(script);
      expect(await service.isReady()).toBe(true);
      expect(folder.serverPid()).not.toBeNull();
      expect(await service.signal('SIGTERM')).toBe(0);
      expect([service.isRunning(), folder.serverPid()]).toEqual([false, null]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'ends a command of the command line, and its PostgreSQL',
    async () => {
      const command = npm('cli', 'import', '-'); // The command waits for its standard input.
      await until(() => folder.serverPid() !== null);
      await command.signal('SIGTERM');
      await until(() => !command.isRunning());
      expect(folder.serverPid()).toBeNull();
    },
    TEST_TIMEOUT_MS,
  );

  it('reaches every script that runs a server, because the shell in between is replaced', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const servers = Object.entries(scripts).filter(([, text]) =>
      /^(?:exec )?(?:node (?!dist|node_modules)|jest)/.test(text),
    );
    expect(servers.map(([name]) => name)).toEqual(
      expect.arrayContaining(['start', 'demo', 'cli', 'test:all']),
    );
    expect(servers.filter(([, text]) => !text.startsWith('exec '))).toEqual([]);
  });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('It did not come about in time.');
    await sleep(50);
  }
}
