import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SCHEMA } from '../../migrations/index.js';
import { SERVICE_ROLE } from '../../src/platform/database/embedded/index.js';
import { connectOwner } from '../../src/platform/database/index.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { ROOT } from '../support/compiled.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { importRecords } from '../support/lines.js';
import { dumpRelease, loadRelease } from '../support/release-dump.js';
import { recordReleaseHistory } from '../support/release-history.js';
import { readRoutineFacts, readTableFacts } from '../support/schema-facts.js';
import { startTestService } from '../support/service.js';

const FOLDER = join(ROOT, 'test', 'data', 'releases');
const SUFFIX = '.sql.gz';

/** Set to a version when it is released: its dump is written first (migrations/README.md). */
const { RELEASE } = process.env;

async function writeRelease(version: string): Promise<void> {
  const service = await startTestService();
  try {
    await recordReleaseHistory(service);
  } finally {
    await service.app.close(); // its workers write too
  }
  const dump = await dumpRelease(service.database.ownerUrl);
  writeFileSync(join(FOLDER, `${version}${SUFFIX}`), gzipSync(dump, { level: 9 }), { flag: 'wx' });
  await service.database.drop();
}

/** All that the catalogue says: tables, functions, triggers. */
async function schemaOf({ ownerUrl }: TestDatabase): Promise<Record<string, string[]>> {
  const client = await connectOwner(ownerUrl);
  const tables = await readTableFacts(client, Object.keys(SCHEMA.servicePrivileges));
  const routines = await readRoutineFacts(client);
  await client.end();
  const facts = [...tables].map(([table, lines]) => [table, [...lines].sort()] as const);
  return { ...Object.fromEntries(facts), routines: [...routines].sort() };
}

/** Of the tables that there are in the database's version. */
async function rowCounts({ ownerUrl }: TestDatabase): Promise<Record<string, number>> {
  const client = await connectOwner(ownerUrl);
  const counts: Record<string, number> = {};
  const { rows: tables } = await client.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS wanted (name) WHERE to_regclass(name) IS NOT NULL',
    [Object.keys(SCHEMA.servicePrivileges)],
  );
  for (const { name: table } of tables) {
    const { rows } = await client.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table}`);
    counts[table] = rows[0]?.rows ?? 0;
  }
  await client.end();
  return counts;
}

beforeAll(async () => {
  if (RELEASE !== undefined) await writeRelease(RELEASE);
});

describe('the dumps of releases', () => {
  it('are there for every version of the changelog', () => {
    const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
    const versions = [...changelog.matchAll(/^## \[?(\d+\.\d+\.\d+)/gm)].map(([, version]) => version);
    expect(versions.filter((version) => !existsSync(join(FOLDER, `${version}${SUFFIX}`)))).toEqual([]);
  });
});

const kept = readdirSync(FOLDER).map((file) => basename(file, SUFFIX));
const versions = RELEASE === undefined ? kept : [...kept, RELEASE];
describe.each(versions)('a database of version %s', (version) => {
  let database: TestDatabase;
  let before: Record<string, number>;
  let applied: readonly string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    await loadRelease(
      database.ownerUrl,
      gunzipSync(readFileSync(join(FOLDER, `${version}${SUFFIX}`))).toString(),
    );
    before = await rowCounts(database);
    await migrate(database.ownerUrl, SERVICE_ROLE, SCHEMA, ({ names }) => (applied = names));
  });
  afterAll(() => database.drop());

  it('contains rows in every table of that version', () => {
    const { revenue_deltas, revenue_rollups, ...rest } = before;
    expect(Object.entries(rest).filter(([, rows]) => rows === 0)).toEqual([]);
    expect((revenue_deltas ?? 0) + (revenue_rollups ?? 0)).toBeGreaterThan(0);
  });

  it('is brought up to date once', async () => {
    const again: string[] = [];
    await migrate(database.ownerUrl, SERVICE_ROLE, SCHEMA, ({ names }) => again.push(...names));
    expect(again).toEqual([]);
    const client = await connectOwner(database.ownerUrl);
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    await client.end();
    const names = rows.map(({ name }) => name);
    expect(names).toEqual(SCHEMA.migrations.map(({ name }) => name));
    expect(names.slice(names.length - applied.length)).toEqual(applied);
  });

  it('has then the schema of a new one, which the entities mirror', async () => {
    const fresh = await createTestDatabase();
    expect(await schemaOf(database)).toEqual(await schemaOf(fresh));
    await fresh.drop();
  });

  it('is what its ledger gives, has lost nothing, and goes on', async () => {
    const after = await rowCounts(database);
    expect(after.credit_entries).toBe(before.credit_entries);
    const service = await startTestService({ database });
    try {
      const revenue = service.app.get(RevenueService, { strict: false });
      expect(isClean(await revenue.verify())).toBe(true);
      const award = {
        type: 'award',
        externalId: 'next',
        userId: 'ann',
        credits: '1',
        occurredAt: '2026-06-01T00:00:00Z',
      };
      expect(await importRecords(service.app, [award])).toMatchObject({ added: 1 });
      expect(isClean(await revenue.verify())).toBe(true);
    } finally {
      await service.close();
    }
  });
});
