import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { ownerOptions } from '../../src/platform/database/connection-options.js';
import { exactDataSource } from '../../src/platform/database/exact-data-source.js';
import { connectOwner } from '../../src/platform/database/index.js';
import { ROOT } from '../support/compiled.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { readTableFacts, type TableFacts } from '../support/schema-facts.js';

type EntityClass = new () => object;

/** A numbering column that is not the key; TypeORM has no decorator for it. */
const NUMBERED = { table: 'award_batches', said: 'column sequence bigint NOT NULL', is: 'IDENTITY ALWAYS' };

/** Every class of every file *.entity.ts. */
async function allEntities(): Promise<EntityClass[]> {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const modules = await Promise.all(
    files
      .filter((file) => file.endsWith('.entity.ts'))
      .map((file) => import(join(ROOT, 'src', file)) as Promise<Record<string, unknown>>),
  );
  return modules
    .flatMap((module) => Object.values(module))
    .filter((exported): exported is EntityClass => typeof exported === 'function');
}

describe('the entities', () => {
  let migrated: TestDatabase;
  let synchronised: TestDatabase;
  let entities: DataSource;
  let made: Client;

  const sourceOf = async ({ ownerUrl }: TestDatabase): Promise<DataSource> =>
    exactDataSource({ ...ownerOptions(ownerUrl), entities: await allEntities() }).initialize();

  beforeAll(async () => {
    migrated = await createTestDatabase();
    synchronised = await createTestDatabase({ migrated: false });
    entities = await sourceOf(synchronised);
    await entities.synchronize();
    made = await connectOwner(migrated.ownerUrl);
  });
  afterAll(async () => {
    await made.end();
    await entities.destroy();
    await Promise.all([migrated.drop(), synchronised.drop()]);
  });

  /** Differences between the migrated tables and the entities, in both directions. */
  const drift = async (): Promise<string[]> => {
    const tables = entities.entityMetadatas.map(({ tableName }) => tableName);
    const said = await connectOwner(synchronised.ownerUrl);
    const [wanted, found] = await Promise.all([readTableFacts(said, tables), readTableFacts(made, tables)]);
    await said.end();
    return entities.entityMetadatas.flatMap(({ tableName, indices }) => {
      const beyondTypeOrm = indices
        .filter(({ synchronize }) => !synchronize)
        .map(({ name }) => `index ${name} `);
      const [left, right] = [wanted.get(tableName), found.get(tableName)] as [TableFacts, TableFacts];
      return [
        ...[...left].filter((fact) => !right.has(fact)).map((fact) => `${tableName}: only said: ${fact}`),
        ...[...right]
          .filter((fact) => !left.has(fact) && !beyondTypeOrm.some((index) => fact.startsWith(index)))
          .map((fact) => `${tableName}: not said: ${fact}`),
      ];
    });
  };
  const KNOWN = [
    `${NUMBERED.table}: only said: ${NUMBERED.said}`,
    `${NUMBERED.table}: not said: ${NUMBERED.said} ${NUMBERED.is}`,
  ];

  it('are all found', () => {
    const tables = entities.entityMetadatas.map(({ tableName }) => tableName);
    expect(tables.sort()).toEqual([
      'audit_events',
      'award_batch_items',
      'award_batches',
      'credit_accounts',
      'credit_entries',
      'credit_lots',
      'modules',
      'personal_texts',
      'users',
      'variable_changes',
      'variables',
    ]);
  });

  it('declare each column, key, check, foreign key and index of their tables', async () => {
    expect(await drift()).toEqual(KNOWN);
  });

  it('name the indexes that TypeORM cannot create', async () => {
    const named = entities.entityMetadatas
      .flatMap(({ indices }) => indices.filter(({ synchronize }) => !synchronize))
      .map(({ name }) => name);
    const { rows } = await made.query<{ name: string }>(
      `SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public' AND indexname = ANY ($1::text[])`,
      [named],
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(named.sort());
  });

  it('leave TypeORM nothing to change in the migrated tables', async () => {
    const source = await sourceOf(migrated);
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    await source.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it.each([
    [
      'a primary key',
      'ALTER TABLE credit_lots DROP CONSTRAINT credit_lots_pkey',
      'PRIMARY KEY (user_id, pool, id)',
    ],
    [
      'a unique key',
      'ALTER TABLE modules DROP CONSTRAINT modules_id_partner_id_key',
      'UNIQUE (id, partner_id)',
    ],
    [
      'a check of the same name',
      `ALTER TABLE users DROP CONSTRAINT users_name_length, ADD CONSTRAINT users_name_length CHECK (char_length(name) < 9)`,
      'users_name_length CHECK ((char_length(name) < 9))',
    ],
    [
      'a foreign key',
      'ALTER TABLE credit_entries DROP CONSTRAINT credit_entries_refunded_fkey',
      'FOREIGN KEY (refunded_type, refunded_id) REFERENCES credit_entries(type, id)',
    ],
    [
      'NOT NULL',
      'ALTER TABLE award_batches ALTER COLUMN credits DROP NOT NULL',
      'not said: column credits numeric(18,6)',
    ],
    ['a default', 'ALTER TABLE variables ALTER COLUMN version SET DEFAULT 2', 'NOT NULL DEFAULT 2'],
    [
      'a type',
      'ALTER TABLE audit_events ALTER COLUMN outcome TYPE varchar(9)',
      'outcome character varying(9)',
    ],
    ['a collation', 'ALTER TABLE users ALTER COLUMN email TYPE text COLLATE "C"', 'email text COLLATE "C"'],
    ['a column', 'ALTER TABLE personal_texts ADD COLUMN more text', 'not said: column more text'],
    ['an index', 'DROP INDEX award_batch_items_refused', 'only said: index award_batch_items_refused'],
  ])('catch %s that differs', async (_, change, told) => {
    await made.query(`BEGIN; ${change}`);
    const found = await drift();
    await made.query('ROLLBACK');
    expect(found.filter((fact) => !KNOWN.includes(fact)).join('\n')).toContain(told);
  });
});
