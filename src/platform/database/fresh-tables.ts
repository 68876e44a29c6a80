import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { readTableDefinitions, type TableDefinition } from './table-definitions.js';

/** Where fresh tables are made, beside those that are in use; gone when they have taken their places. */
export const FRESH_SCHEMA = 'rebuild';

const VACUUM_ATTEMPTS = 5;
const VACUUM_PAUSE_MS = 200;

/**
 * Empty twins of tables in use, in a schema of their own: filled while everybody goes on with the old ones, then given
 * the same indexes and triggers, and put in the old ones' place by `swapIn`. Names are those of the code, never input; the client is a
 * session of the role that owns the tables.
 */
export class FreshTables {
  private constructor(
    private readonly client: ClientBase,
    private readonly definitions: readonly TableDefinition[],
  ) {}

  static async of(client: ClientBase, names: readonly string[]): Promise<FreshTables> {
    return new FreshTables(client, await readTableDefinitions(client, names));
  }

  /** The same as long as the tables in use are defined the same. */
  get fingerprint(): string {
    return createHash('sha256').update(JSON.stringify(this.definitions)).digest('hex');
  }

  /**
   * Makes the twins, with their checks and defaults, and without what makes filling them slow. Autovacuum leaves them alone
   * until they are in their places: it would get in the way of what fills them, and of the swap, which waits for locks more
   * briefly than PostgreSQL takes to send autovacuum away.
   */
  async create(): Promise<void> {
    for (const { schema, name } of this.definitions) {
      await this.client.query(
        `CREATE TABLE ${FRESH_SCHEMA}.${name} (LIKE ${schema}.${name} INCLUDING ALL EXCLUDING INDEXES)
         WITH (autovacuum_enabled = off)`,
      );
    }
  }

  /** Of every table the statements that make the same indexes as in use; those that are there already are left out. */
  async missingIndexes(): Promise<{ readonly table: string; readonly indexes: string[] }[]> {
    const there = await this.namesOf('SELECT indexname AS name FROM pg_indexes WHERE schemaname = $1');
    return this.definitions.map(({ schema, name, indexes }) => ({
      table: name,
      indexes: indexes
        .filter((index) => !there.has(index.name))
        .map(({ definition }) =>
          definition.replace(` ON ${schema}.${name} `, ` ON ${FRESH_SCHEMA}.${name} `),
        ),
    }));
  }

  /** Makes the indexes of keys into keys, once all indexes are there. */
  async attachKeys(): Promise<void> {
    const there = await this.namesOf(
      'SELECT conname AS name FROM pg_constraint WHERE connamespace = $1::regnamespace',
    );
    for (const { name, indexes } of this.definitions) {
      for (const { name: index, key } of indexes) {
        if (key === null || there.has(index)) continue;
        await this.client.query(
          `ALTER TABLE ${FRESH_SCHEMA}.${name} ADD CONSTRAINT ${index} ${key} USING INDEX ${index}`,
        );
      }
    }
  }

  /**
   * Makes the statistics that the planner needs; outside any transaction.
   *
   * A session that is just connecting, to whatever database, has a snapshot for a moment, and VACUUM marks no row that is
   * younger: it is repeated a few times, for the blocks that were left.
   *
   * @param how `VACUUM` sets what index-only scans need as well, cheapest before there are indexes; it writes to every block
   */
  async maintain(table: string, how: 'ANALYZE' | 'VACUUM', client: ClientBase): Promise<void> {
    if (how === 'ANALYZE') return void (await client.query(`ANALYZE ${FRESH_SCHEMA}.${table}`));
    for (let attempt = 1; attempt <= VACUUM_ATTEMPTS; attempt += 1) {
      await client.query(`VACUUM (ANALYZE) ${FRESH_SCHEMA}.${table}`);
      const { rows } = await client.query<{ whole: boolean }>(
        `SELECT relallvisible >= relpages AS whole FROM pg_class WHERE oid = '${FRESH_SCHEMA}.${table}'::regclass`,
      );
      if (rows[0]?.whole === true) return;
      await sleep(VACUUM_PAUSE_MS);
    }
  }

  /** Gives the twins the triggers of the tables in use; from then on they act. False where they have them already. */
  async attachTriggers(): Promise<boolean> {
    const there = await this.namesOf(
      `SELECT DISTINCT tgname AS name FROM pg_trigger JOIN pg_class AS c ON c.oid = tgrelid
        WHERE c.relnamespace = $1::regnamespace AND NOT tgisinternal`,
    );
    if (there.size > 0) return false;
    for (const { schema, name, triggers } of this.definitions) {
      for (const statement of triggers) {
        await this.client.query(statement.replace(` ${schema}.${name} `, ` ${FRESH_SCHEMA}.${name} `));
      }
    }
    return true;
  }

  /**
   * Puts the twins in the place of the tables in use, with the same rights and settings; the old ones are dropped. In
   * the client's transaction, which holds all these tables locked against everybody.
   */
  async swapIn(names: readonly string[]): Promise<void> {
    for (const { schema, name, grants, options, owner } of this.definitions) {
      if (!names.includes(name)) continue;
      const statements = [
        `DROP TABLE ${schema}.${name}`,
        `ALTER TABLE ${FRESH_SCHEMA}.${name} SET SCHEMA ${schema}`,
        `ALTER TABLE ${schema}.${name} RESET (autovacuum_enabled)`,
        ...(options === null ? [] : [`ALTER TABLE ${schema}.${name} SET (${options})`]),
        ...grants,
        `ALTER TABLE ${schema}.${name} OWNER TO ${owner}`,
      ];
      for (const statement of statements) await this.client.query(statement);
    }
  }

  private async namesOf(query: string): Promise<Set<string>> {
    const { rows } = await this.client.query<{ name: string }>(query, [FRESH_SCHEMA]);
    return new Set(rows.map(({ name }) => name));
  }
}

/**
 * Runs statements, and the triggers that they fire, that mean a fresh table wherever a name is that of one. In the
 * client's transaction.
 */
export async function amongFreshTables<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ path: string }>(`SELECT current_setting('search_path') AS path`);
  const path = rows[0]?.path ?? '';
  await client.query(`SELECT set_config('search_path', '${FRESH_SCHEMA}, ' || $1, true)`, [path]);
  const result = await work();
  await client.query(`SELECT set_config('search_path', $1, true)`, [path]);
  return result;
}
