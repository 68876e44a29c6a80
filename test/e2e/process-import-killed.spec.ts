import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '../support/command.js';
import { DataFolder } from '../support/compiled-service.js';
import { ensureCompiled } from '../support/compiled.js';
import { ndjson, type TestRecord } from '../support/lines.js';
import { prepare } from '../support/prepared-folder.js';

const USERS = 2_600;
const ENTRIES_PER_USER = 12;

describe('an import that is killed', () => {
  let folder: DataFolder;

  beforeAll(async () => {
    await ensureCompiled();
    folder = new DataFolder();
    await prepare(folder);
    writeFileSync(join(folder.path, 'history.ndjson'), ndjson(history()));
  }, 150_000);
  afterAll(() => folder.remove());

  const run = (...args: string[]): Command => new Command({ DATA_DIR: folder.path }, args);

  it('leaves whole chunks behind, and can simply be run again', async () => {
    const file = join(folder.path, 'history.ndjson');
    const killed = run('import', file);
    await killed.says('recording: ');
    await killed.kill();

    const between = run('verify');
    expect(await between.ended()).toBe(0);
    const found = Number(/with (\d+) entries/.exec(between.stdout)?.[1]);
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(USERS * ENTRIES_PER_USER);

    const again = run('import', file);
    expect(await again.ended()).toBe(0);
    const [, added, known] = /deployment\s+(\d+) added\s+(\d+) known/.exec(again.stdout) ?? [];
    expect(Number(known)).toBeGreaterThan(0);
    expect(Number(added) + Number(known)).toBe(USERS * 8);

    const after = run('verify');
    expect(await after.ended()).toBe(0);
    expect(after.stdout).toContain(
      `with ${USERS * ENTRIES_PER_USER} entries, ${USERS * 8} of them deployments`,
    );
  }, 120_000);
});

/** Enough for several chunks: per user two awards, two purchases and eight deployments. */
function history(): TestRecord[] {
  const records: TestRecord[] = [
    { type: 'user', id: 'maker', roles: ['partner'] },
    { type: 'module', id: 'maps', name: 'Maps', partnerId: 'maker', creditCost: '3' },
  ];
  for (let n = 0; n < USERS; n += 1) {
    const userId = `u${n}`;
    records.push({ type: 'user', id: userId, roles: ['user'] });
    for (const [index, type] of ['award', 'purchase', 'award', 'purchase'].entries()) {
      const occurredAt = `2026-01-0${index + 1}T00:00:00Z`;
      records.push({ type, externalId: `${userId}.${index}`, userId, credits: '7', occurredAt });
    }
    for (let deployment = 0; deployment < 8; deployment += 1) {
      const createdAt = `2026-01-0${(deployment % 8) + 1}T12:00:00Z`;
      records.push({
        type: 'deployment',
        id: `${userId}.d${deployment}`,
        userId,
        moduleId: 'maps',
        createdAt,
      });
    }
  }
  return records;
}
