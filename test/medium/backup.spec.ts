import { Readable, Writable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { SCHEMA } from '../../migrations/index.js';
import { restoreBackup, writeBackup } from '../../src/platform/database/backup/index.js';
import { SERVICE_ROLE } from '../../src/platform/database/embedded/index.js';
import { migrate, migrateUpTo } from '../../src/platform/database/migrate.js';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { send } from '../support/http-client.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { contentOfTables } from '../support/table-contents.js';
import { BASELINES, dropWhatCameLater, relabelAsUnreleased } from '../support/unreleased.js';
import { tokenOf } from '../support/tokens.js';

const ODD = 'Größe "x" back\\slash \\. \\N \u{1f600}';
const HISTORY: TestRecord[] = [
  { type: 'user', id: 'maker', roles: ['partner'], name: ODD },
  { type: 'user', id: 'ann', roles: ['user'], email: null },
  { type: 'module', id: 'maps', name: '\\.', partnerId: 'maker', creditCost: '3' },
  {
    type: 'purchase',
    externalId: 'p1',
    userId: 'ann',
    credits: '50',
    amount: '7',
    occurredAt: '2026-01-01T00:00:00Z',
  },
  { type: 'deployment', id: 'd1', userId: 'ann', moduleId: 'maps', createdAt: '2026-01-02T00:00:00.123456Z' },
  {
    type: 'refund',
    externalId: 'r1',
    deploymentId: 'd1',
    credits: '1',
    occurredAt: '2026-01-03T00:00:00Z',
    reason: `a\nb ${ODD}`,
  },
];
const ADMIN = tokenOf('root', ['admin']);

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** @param pause_ms before each chunk that is read */
async function backupOf(
  { ownerUrl }: TestDatabase,
  beforePiece = async (): Promise<void> => {},
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const target = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      beforePiece().then(() => done(), done);
    },
  });
  await writeBackup(ownerUrl, SCHEMA, target, () => {});
  return Buffer.concat(chunks);
}

function restore(backup: Buffer, { ownerUrl }: TestDatabase): Promise<{ rows: number; tables: number }> {
  const target = { ownerUrl, serviceRole: SERVICE_ROLE, schema: SCHEMA };
  return restoreBackup(Readable.from([backup]), target, () => {});
}

/** Whether each trigger is enabled, and the rights of the service's role. */
function guardsOf({ ownerUrl }: TestDatabase): Promise<object[]> {
  return query(
    ownerUrl,
    `SELECT tgrelid::regclass::text || ' ' || tgname AS name, tgenabled::text AS state FROM pg_trigger WHERE NOT tgisinternal
     UNION ALL SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
     ORDER BY 1`,
  );
}

describe('a backup', () => {
  let service: TestService;
  let backup: Buffer;
  const databases: TestDatabase[] = [];

  const emptyDatabase = async (migrated = false): Promise<TestDatabase> => {
    const database = await createTestDatabase({ migrated });
    databases.push(database);
    return database;
  };

  beforeAll(async () => {
    service = await startTestService();
    expect(await importRecords(service.app, HISTORY)).toMatchObject({ refused: 0 });
    await send(`${service.url}/api/variables/partnerRevenueShare`, {
      method: 'PUT',
      token: ADMIN,
      body: { value: '40' },
    });
    await send(`${service.url}/api/credits/awards`, {
      method: 'POST',
      token: ADMIN,
      headers: { 'idempotency-key': 'k' },
      body: { userId: 'ann', credits: '2', reason: ODD },
    });
    backup = await backupOf(service.database);
  });
  afterEach(() => Promise.all(databases.splice(0).map((database) => database.drop())));
  afterAll(() => service?.close());

  it('restores every row, the guards of the ledger and the service itself', async () => {
    const database = await emptyDatabase();
    const { rows } = await restore(backup, database);
    expect(rows).toBeGreaterThan(15);
    expect(await contentOfTables({ database })).toEqual(await contentOfTables(service));
    expect(await guardsOf(database)).toEqual(await guardsOf(service.database));
    await expect(query(database.ownerUrl, 'DELETE FROM credit_entries')).rejects.toThrow(/append-only/);
    await expect(query(database.serviceUrl, 'UPDATE credit_entries SET credits = 1')).rejects.toThrow(
      /permission denied/,
    );

    const restored = await startTestService({ database });
    try {
      expect(isClean(await restored.app.get(RevenueService, { strict: false }).verify())).toBe(true);
      // Sequences continue after the used numbers.
      expect(
        await importRecords(restored.app, [
          {
            type: 'award',
            externalId: 'a9',
            userId: 'ann',
            credits: '1',
            occurredAt: '2026-02-01T00:00:00Z',
          },
        ]),
      ).toMatchObject({ added: 1 });
    } finally {
      await restored.close();
    }
  });

  it('is of one snapshot, whatever is written meanwhile', async () => {
    let written = 0;
    const during = await backupOf(service.database, async () => {
      if (written > 20) return;
      const award = {
        type: 'award',
        externalId: `w${written}`,
        userId: 'ann',
        credits: '1',
        occurredAt: '2026-03-01T00:00:00Z',
      };
      await importRecords(service.app, [award]);
      written += 1;
    });
    expect(written).toBeGreaterThan(0);
    const database = await emptyDatabase();
    await restore(during, database);
    const restored = await startTestService({ database });
    try {
      expect(isClean(await restored.app.get(RevenueService, { strict: false }).verify())).toBe(true);
    } finally {
      await restored.close();
    }
  });

  it('of an earlier version is migrated', async () => {
    const earlier = await emptyDatabase();
    const names = SCHEMA.migrations.map(({ name }) => name);
    const few = names.slice(0, names.indexOf('Revenue1795816805000'));
    await migrateUpTo(earlier.ownerUrl, few, SCHEMA);
    await query(earlier.ownerUrl, `INSERT INTO users (id, roles) VALUES ('maker', '{partner}')`);
    await query(
      earlier.ownerUrl,
      `INSERT INTO modules (id, name, partner_id, credit_cost) VALUES ('m', 'Cafe', 'maker', 1)`,
    );
    const database = await emptyDatabase();
    await restore(await backupOf(earlier), database);
    const run = await query<{ name: string }>(database.ownerUrl, 'SELECT name FROM migrations ORDER BY name');
    expect(run.map(({ name }) => name)).toEqual([...names].sort());
    expect(await query(database.ownerUrl, 'SELECT name, search_name FROM modules')).toEqual([
      { name: 'Cafe', search_name: 'cafe' },
    ]);
  });

  it('of a version before the first release is accepted, although its database is not', async () => {
    const old = await emptyDatabase();
    await restore(backup, old);
    const before = await contentOfTables({ database: old });
    const baseline = await emptyDatabase();
    await migrateUpTo(baseline.ownerUrl, BASELINES, SCHEMA);
    await dropWhatCameLater(old.ownerUrl, baseline.ownerUrl);
    await relabelAsUnreleased(old.ownerUrl);
    await expect(migrate(old.ownerUrl, SERVICE_ROLE, SCHEMA)).rejects.toThrow(
      /^The database was created before version 0\.1\.0 .* backup FILE, .* restore FILE into an empty folder/,
    );
    const file = await backupOf(old);
    const database = await emptyDatabase();
    await restore(file, database);
    expect(await contentOfTables({ database })).toEqual(before);
    const run = await query<{ name: string }>(database.ownerUrl, 'SELECT name FROM migrations ORDER BY id');
    expect(run.map(({ name }) => name)).toEqual(SCHEMA.migrations.map(({ name }) => name));

    const earlier = edited(file, (text) => text.replace(',"SearchTexts1700000071000"', ''));
    await expect(restore(earlier, await emptyDatabase())).rejects.toThrow(
      / without the migration SearchTexts1700000071000\. /,
    );
  });

  it('of a database without tables is refused', async () => {
    await expect(backupOf(await emptyDatabase())).rejects.toThrow(/^There is nothing to back up: /);
  });

  it.each<[string, RegExp, (whole: Buffer) => Buffer]>([
    ['cut off in the middle', /cut off|is not a backup/, (whole) => whole.subarray(0, whole.length >> 1)],
    ['cut off before its checksum', /cut off/, (whole) => whole.subarray(0, -4)],
    ['of another kind', /is not a backup/, () => Buffer.from('PGDMP')],
    ['of other lines', /is not a backup/, () => gzipSync('{"type":"user"}\n')],
    ['without its end', /cut off/, (whole) => edited(whole, (text) => text.slice(0, text.indexOf('{"end"')))],
    ['without a row that others name', /is damaged \(/, (whole) => withoutFirstRow(whole, 'users')],
    [
      'with a row too few',
      /is damaged: audit_events has \d+ rows instead of \d+/,
      (whole) => withoutFirstRow(whole, 'audit_events'),
    ],
    [
      'of another format',
      /has format 9; /,
      (whole) => edited(whole, (text) => text.replace('"format":1', '"format":9')),
    ],
    [
      'of a later version',
      /written by a later version \(it contains the migration Future1900000000000\)/,
      (whole) =>
        edited(whole, (text) => text.replace('"migrations":[', '"migrations":["Future1900000000000",')),
    ],
  ])('that is %s is refused, and a good one can be restored afterwards', async (_, sentence, damaged) => {
    const database = await emptyDatabase();
    await expect(restore(damaged(backup), database)).rejects.toThrow(sentence);
    await restore(backup, database);
    expect(await query(database.ownerUrl, 'SELECT FROM users')).toHaveLength(2);
  });

  it('is not restored into a database with data', async () => {
    const before = await contentOfTables(service);
    await expect(restore(backup, service.database)).rejects.toThrow(
      /^The database already contains data \(in /,
    );
    expect(await contentOfTables(service)).toEqual(before);
  });

  it('ends, and returns its connection, if its target fails', async () => {
    const target = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) });
    await expect(writeBackup(service.database.ownerUrl, SCHEMA, target, () => {})).rejects.toThrow(
      'disk full',
    );
    const open = await query(
      service.database.ownerUrl,
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`,
    );
    expect(open).toEqual([]);
  });
});

function edited(backup: Buffer, edit: (text: string) => string): Buffer {
  return gzipSync(edit(gunzipSync(backup).toString('utf8')));
}

function withoutFirstRow(backup: Buffer, table: string): Buffer {
  const rows = new RegExp(`\\{"table":"${table}","bytes":(\\d+)\\}\\n([^\\n]*\\n)`);
  return edited(backup, (text) =>
    text.replace(
      rows,
      (_match, bytes: string, first: string) =>
        `{"table":"${table}","bytes":${Number(bytes) - Buffer.byteLength(first)}}\n`,
    ),
  );
}
