import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '../support/command.js';
import { ensureCompiled, ROOT } from '../support/compiled.js';
import { DataFolder, ServiceProcess } from '../support/compiled-service.js';
import { prepare } from '../support/prepared-folder.js';

const TEST_TIMEOUT_MS = 360_000;

describe('npm run cli -- backup and restore on the embedded database', () => {
  const folders: DataFolder[] = [];
  const processes: ServiceProcess[] = [];

  beforeAll(ensureCompiled, 180_000);
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((service) => service.kill()));
    for (const folder of folders.splice(0)) folder.remove();
  });

  const newFolder = (): DataFolder => {
    const folder = new DataFolder();
    folders.push(folder);
    return folder;
  };
  const cli = async (
    { path }: DataFolder,
    ...args: string[]
  ): Promise<{ code: number | null; stdout: string; stderr: string }> => {
    const command = new Command({ DATA_DIR: path }, args);
    const code = await command.ended();
    return { code, stdout: command.stdout, stderr: command.stderr };
  };

  it(
    'save a running service and restore it in an empty folder, without its secrets',
    async () => {
      const [old, fresh] = [newFolder(), newFolder()];
      await prepare(old);
      expect((await cli(old, 'import', join(ROOT, 'docs', 'example.ndjson'))).code).toBe(0);
      const service = new ServiceProcess({ DATA_DIR: old.path });
      processes.push(service);
      expect(await service.isReady()).toBe(true);

      const file = join(old.path, 'backup.gz');
      const backup = await cli(old, 'backup', file);
      expect(backup.code).toBe(0);
      expect(backup.stdout).toMatch(/^Backed up \d+ rows of \d+ tables as of \S+Z to .*backup\.gz\.\n$/);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(existsSync(`${file}.part`)).toBe(false);
      const bytes = readFileSync(file);
      const again = await cli(old, 'backup', file);
      expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/ already exists\. /)]);
      expect(readFileSync(file).equals(bytes)).toBe(true);

      const restored = await cli(fresh, 'restore', file);
      expect([restored.code, restored.stdout]).toEqual([
        0,
        expect.stringMatching(/^Restored \d+ rows of \d+ tables as of \S+Z\. /),
      ]);
      expect(fresh.serverPid()).toBeNull();
      expect((await cli(fresh, 'verify')).stdout).toBe((await cli(old, 'verify')).stdout);
      const secretOf = ({ path }: DataFolder): string => readFileSync(join(path, 'jwt-secret'), 'utf8');
      expect(secretOf(fresh)).not.toBe(secretOf(old));

      const onTop = await cli(fresh, 'restore', file);
      expect([onTop.code, onTop.stderr]).toEqual([
        1,
        expect.stringMatching(/^The database already contains data /m),
      ]);
    },
    TEST_TIMEOUT_MS,
  );
});
