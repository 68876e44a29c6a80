import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from '../support/command.js';
import { DataFolder } from '../support/compiled-service.js';
import { ensureCompiled } from '../support/compiled.js';
import { ndjson, type TestRecord } from '../support/lines.js';
import { prepare } from '../support/prepared-folder.js';
import { rounds } from './rounds.js';

const ROUNDS = rounds(2, 30);
const DEPLOYMENTS_PER_MONTH = 400;

/** Months from 2020 on: one for each round, and one for two processes at once. */
const monthOf = (index: number): string =>
  `${2020 + Math.floor(index / 12)}-${String(1 + (index % 12)).padStart(2, '0')}`;

function platform(months: number): TestRecord[] {
  return [
    { type: 'user', id: 'acme', roles: ['partner'] },
    { type: 'user', id: 'ann', roles: ['user'] },
    { type: 'module', id: 'maps', name: 'Maps', partnerId: 'acme', creditCost: '1' },
    {
      type: 'purchase',
      externalId: 'buy',
      userId: 'ann',
      credits: '1000000',
      amount: '77777.77',
      occurredAt: '2020-01-01T00:00:00Z',
    },
    ...Array.from({ length: months }, (_, month) =>
      Array.from({ length: DEPLOYMENTS_PER_MONTH }, (_unused, index) => ({
        type: 'deployment',
        id: `d-${month}-${index}`,
        userId: 'ann',
        moduleId: 'maps',
        createdAt: `${monthOf(month)}-10T00:00:00.${String(index).padStart(6, '0')}Z`,
      })),
    ).flat(),
  ];
}

describe('closings by several processes', () => {
  let folder: DataFolder;

  beforeAll(async () => {
    await ensureCompiled();
    folder = new DataFolder();
    await prepare(folder);
    writeFileSync(join(folder.path, 'history.ndjson'), ndjson(platform(ROUNDS + 1)));
    expect(await run('import', join(folder.path, 'history.ndjson')).ended()).toBe(0);
  }, 240_000);
  afterAll(() => folder.remove());

  const run = (...args: string[]): Command => new Command({ DATA_DIR: folder.path }, args);
  const ended = async (command: Command): Promise<string> => {
    expect([await command.ended(), command.stderr]).toEqual([0, expect.any(String)]);
    return command.stdout;
  };

  it('give one closing if two close at once', async () => {
    const outputs = await Promise.all([ended(run('close', monthOf(0))), ended(run('close', monthOf(0)))]);
    const said = outputs.map((output) => output.split(':')[0]).sort();
    expect(said).toEqual(['2020-01 is closed already', 'Closed 2020-01']);
  }, 120_000);

  it(
    'that are killed at any moment are whole after they run again',
    async () => {
      for (let round = 1; round <= ROUNDS; round += 1) {
        const killed = run('close', monthOf(round));
        await sleep(200 + Math.floor(Math.random() * 1_500));
        await killed.kill();
        expect(await ended(run('close', monthOf(round)))).toMatch(/: 1 statements\. Digest [0-9a-f]{64}/);
        expect(await ended(run('verify'))).toContain(
          `Verified ${round + 1} closed months with ${round + 1} statements`,
        );
      }
    },
    60_000 + ROUNDS * 60_000,
  );
});
