import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '../support/command.js';
import { DataFolder } from '../support/compiled-service.js';
import { ensureCompiled } from '../support/compiled.js';
import { ndjson } from '../support/lines.js';
import { prepare } from '../support/prepared-folder.js';
import { revenuePlatform } from '../support/revenue-platform.js';

const DEPLOYMENTS = 6_000;

describe('a rebuild that is killed', () => {
  let folder: DataFolder;

  beforeAll(async () => {
    await ensureCompiled();
    folder = new DataFolder();
    await prepare(folder);
    writeFileSync(join(folder.path, 'history.ndjson'), ndjson(revenuePlatform(DEPLOYMENTS)));
  }, 150_000);
  afterAll(() => folder.remove());

  const run = (...args: string[]): Command => new Command({ DATA_DIR: folder.path }, args);

  it('changes nothing, and continues in threads', async () => {
    expect(await run('import', join(folder.path, 'history.ndjson')).ended()).toBe(0);
    for (const phase of ['folding: ', 'indexing: ']) {
      const killed = run('rebuild', '--workers', '2');
      await killed.says(phase);
      await killed.kill();
    }
    expect(await run('verify').ended()).toBe(0);

    const again = run('rebuild', '--workers', '2');
    expect(await again.ended()).toBe(0);
    expect(again.stdout).toMatch(
      new RegExp(`^Rebuilt 6 users with \\d+ entries, ${DEPLOYMENTS} of them deployments`),
    );
    const after = run('verify');
    expect(await after.ended()).toBe(0);
    expect(after.stdout).toContain('All stored figures match the ledger');
  }, 240_000);
});
