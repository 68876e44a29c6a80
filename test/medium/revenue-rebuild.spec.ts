import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { PROJECTION_TABLES } from '../../src/credits/index.js';
import { Snapshots } from '../../src/platform/database/index.js';
import { readTableDefinitions } from '../../src/platform/database/table-definitions.js';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { Compaction } from '../../src/revenue/rollup/compaction.js';
import { Rebuild, REBUILD_LOCK } from '../../src/revenue/upkeep/rebuild.js';
import { send } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { storedState } from '../support/stored-state.js';
import { tokenOf } from '../support/tokens.js';

const PLATFORM = tokenOf('backend', ['platform']);
const DEPLOYMENTS = 120;

describe('a rebuild into fresh tables', () => {
  let service: TestService;
  let owner: Client;
  let revenue: RevenueService;

  beforeEach(async () => {
    service = await startTestService();
    revenue = service.app.get(RevenueService, { strict: false });
    expect((await importRecords(service.app, revenuePlatform(DEPLOYMENTS))).refusals).toEqual([]);
    owner = new Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
  });
  afterEach(async () => {
    await owner.end();
    await service.close();
  });

  const leftovers = async (): Promise<number | null> =>
    (await owner.query(`SELECT FROM pg_namespace WHERE nspname = 'rebuild'`)).rowCount;

  it('leaves tables with the same definition and rights, and nothing else', async () => {
    const names = [
      ...Object.values(PROJECTION_TABLES).map(({ name }) => name),
      'revenue_rollups',
      'revenue_deltas',
    ];
    const before = await readTableDefinitions(owner, names);
    expect(before.map(({ grants }) => grants.length)).toEqual(names.map(() => 1));
    await revenue.rebuild();
    expect(await readTableDefinitions(owner, names)).toEqual(before);
    expect(await leftovers()).toBe(0);
  });

  it('keeps the same sums, including those of concurrent writes', async () => {
    const sums = async (): Promise<unknown> => {
      const compaction = service.app.get(Compaction, { strict: false });
      while (await compaction.moveSome());
      return (
        await owner.query(
          'SELECT * FROM revenue_rollups ORDER BY scope, scope_id, level, generating, starts_at',
        )
      ).rows;
    };
    const before = await sums();
    expect(before).not.toEqual([]);
    const stop = (phase: string): void => {
      if (phase === 'indexing') throw new Error('broken off');
    };
    await expect(revenue.rebuild({ onProgress: stop })).rejects.toThrow('broken off');
    await revenue.rebuild();
    expect(await sums()).toEqual(before);
    expect((await owner.query('SELECT FROM revenue_deltas')).rowCount).toBe(0);

    await owner.query(`UPDATE deployment_revenue SET module_id = 'a-maps' WHERE partner_id = 'acme'`);
    expect(await sums()).not.toEqual(before);
    await revenue.rebuild();
    expect(await sums()).toEqual(before);
  });

  it('puts the deployments of the newest month last, in the order of time', async () => {
    const places = async (): Promise<string[]> =>
      (
        await owner.query<{ id: string }>(
          `SELECT deployment_id AS id FROM deployment_revenue AS placed,
                  (SELECT max(occurred_at) - interval '31 days' AS month_start FROM credit_entries) AS ledger
            ORDER BY deployed_at >= month_start, CASE WHEN deployed_at >= month_start THEN deployed_at END,
                     CASE WHEN deployed_at >= month_start THEN deployment_id COLLATE "C" END, placed.ctid`,
        )
      ).rows.map(({ id }) => id);
    await revenue.rebuild();
    const byPlace = await owner.query<{ id: string }>(
      'SELECT deployment_id AS id FROM deployment_revenue ORDER BY ctid',
    );
    expect(byPlace.rows.map(({ id }) => id)).toEqual(await places());
    const newest = await owner.query(
      `SELECT FROM deployment_revenue
        WHERE deployed_at >= (SELECT max(occurred_at) - interval '31 days' FROM credit_entries)`,
    );
    expect(newest.rowCount).toBeGreaterThan(1);
    expect(newest.rowCount).toBeLessThan(byPlace.rowCount ?? 0);
  });

  it('leaves pages marked as all-visible for index-only scans', async () => {
    await revenue.rebuild();
    const { rows } = await owner.query(
      `SELECT relname, relpages > 0 AND relallvisible = relpages AS is_seen FROM pg_class
        WHERE relname IN ('deployment_revenue', 'revenue_rollups') ORDER BY relname`,
    );
    expect(rows).toEqual([
      { relname: 'deployment_revenue', is_seen: true },
      { relname: 'revenue_rollups', is_seen: true },
    ]);
  });

  it('loses no concurrent charge or late entry over HTTP', async () => {
    const post = (path: string, body: object) =>
      send(`${service.url}/api/${path}`, { method: 'POST', token: PLATFORM, body });
    let isOver = false;
    let recorded = 0;
    const write = async (lane: number): Promise<void> => {
      for (let n = 0; !isOver; n += 1) {
        const userId = ['ann', 'bob', 'cem'][(lane + n) % 3];
        const createdAt = `2026-01-${String(3 + (n % 25)).padStart(2, '0')}T00:00:00Z`;
        const late = n % 2 === 0 ? { createdAt } : { creditCost: '0' };
        const { status } = await post('deployments', {
          id: `w-${lane}-${n}`,
          userId,
          moduleId: 'a-maps',
          ...late,
        });
        expect(status).toBe(201);
        recorded += 1;
      }
    };
    const lanes = [0, 1, 2, 3].map(write);
    for (let round = 0; round < 3; round += 1) await revenue.rebuild();
    isOver = true;
    await Promise.all(lanes);

    const found = await revenue.verify();
    expect([found.differences, found.violations]).toEqual([[], []]);
    expect(recorded).toBeGreaterThan(10);
    expect(found.deployments).toBe(DEPLOYMENTS + recorded);
  });

  it('waits for readers with a snapshot, who would see empty new tables', async () => {
    let isSwapped = false;
    let rebuilding: Promise<unknown> = Promise.resolve();
    const seen = await service.app.get(Snapshots).read(async ({ manager }) => {
      rebuilding = revenue.rebuild().then(() => (isSwapped = true));
      await sleep(2_500);
      expect(isSwapped).toBe(false);
      return manager.query<{ rows: number }[]>('SELECT count(*)::int AS rows FROM deployment_revenue');
    });
    expect(seen).toEqual([{ rows: DEPLOYMENTS }]);
    await rebuilding;
    expect(isClean(await revenue.verify())).toBe(true);
  });

  it('continues after an interruption, with later writes', async () => {
    const sound = await storedState(service.database);
    const stopAt = (phase: string) => (now: string) => {
      if (now === phase) throw new Error('broken off');
    };
    await expect(revenue.rebuild({ onProgress: stopAt('indexing') })).rejects.toThrow('broken off');
    expect(await storedState(service.database)).toEqual(sound);
    expect(await leftovers()).toBe(1);

    const entry = {
      type: 'deployment',
      id: 'since',
      userId: 'ann',
      moduleId: 'a-maps',
      creditCost: '7',
      createdAt: '2026-01-03T00:00:00Z',
    };
    expect((await importRecords(service.app, [entry])).refusals).toEqual([]);
    const changed = await storedState(service.database);
    const folding: [number, number][] = [];
    await revenue.rebuild({
      onProgress: (phase, done, all) => {
        if (phase === 'folding') folding.push([done, all]);
      },
    });
    expect(folding).toEqual([[expect.any(Number), expect.any(Number)]]);
    expect(folding[0]?.[0]).toBeGreaterThan(DEPLOYMENTS);
    expect(await storedState(service.database)).toEqual(changed);
    expect(isClean(await revenue.verify())).toBe(true);
    expect(await leftovers()).toBe(0);
  });

  it('does not continue with results of another version of the fold', async () => {
    const stop = () => {
      throw new Error('broken off');
    };
    await expect(revenue.rebuild({ onProgress: stop })).rejects.toThrow('broken off');
    await owner.query(`UPDATE rebuild.run SET fingerprint = 'of another version'`);
    await owner.query('CREATE TABLE rebuild.of_another_version ()');
    await revenue.rebuild();
    expect(await leftovers()).toBe(0);
    expect(isClean(await revenue.verify())).toBe(true);
  });

  it('is refused while another one is running, and to a role that does not own the tables', async () => {
    await owner.query('SELECT pg_advisory_lock($1)', [REBUILD_LOCK]);
    await expect(revenue.rebuild()).rejects.toThrow(/^Another rebuild of this database is running/);
    await owner.query('SELECT pg_advisory_unlock($1)', [REBUILD_LOCK]);
    await expect(new Rebuild(service.database.serviceUrl).run()).rejects.toThrow(
      /The role pmr_service does not own .* Set DATABASE_OWNER_URL to the role that owns them\.$/,
    );
  });
});
