import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { readTableDefinitions, type TableDefinition } from './table-definitions.js';

/** Schema of the fresh tables; it is dropped after the swap. */
export const FRESH_SCHEMA = 'rebuild';

const VACUUM_ATTEMPTS = 5;
const VACUUM_PAUSE_MS = 200;

/**
 * Empty copies of tables in use, in their own schema. A rebuild fills them while the old tables stay in use, gives them
 * the same indexes and triggers, and swaps them in with `swapIn`. All names must come from the code, never from input;
 * the client must be a session of the role that owns the tables.
 */
export class FreshTables {
  private constructor(
    private readonly client: ClientBase,
    private readonly definitions: readonly TableDefinition[],
  ) {}

  static async of(client: ClientBase, names: readonly string[]): Promise<FreshTables> {
    return new FreshTables(client, await readTableDefinitions(client, names));
  }

  /** Digest of the definitions of the tables in use. */
  get fingerprint(): string {
    return createHash('sha256').update(JSON.stringify(this.definitions)).digest('hex');
  }

  /**
   * Creates the fresh tables with checks and defaults, but without indexes, which would slow down filling them.
   * Autovacuum is off until the swap. It would slow down the filling and could block the swap: the swap waits for locks
   * for a shorter time than PostgreSQL needs to cancel autovacuum.
   */
  async create(): Promise<void> {
    for (const { schema, name } of this.definitions) {
      await this.client.query(
        `CREATE TABLE ${FRESH_SCHEMA}.${name} (LIKE ${schema}.${name} INCLUDING ALL EXCLUDING INDEXES)
         WITH (autovacuum_enabled = off)`,
      );
    }
  }

  /**
   * The statements that create the same indexes as on the tables in use, by table, without those that exist already.
   */
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

  /** Turns the indexes of keys into constraints; call it once all indexes exist. */
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
   * Updates the planner's statistics; must run outside a transaction.
   *
   * VACUUM cannot mark rows as visible to all while an older snapshot exists, and even a session that is connecting, to
   * any database of the server, has one for a moment. VACUUM is therefore repeated a few times for the remaining
   * blocks.
   *
   * @param how `VACUUM` also sets the visibility map for index-only scans. It writes every block, and is cheapest
   *   before indexes exist.
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

  /**
   * Creates the triggers of the tables in use on the fresh tables, where they act from then on. False if they exist
   * already.
   */
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
   * Replaces the tables in use by the fresh ones, with the same privileges and settings, and drops the old ones. It
   * runs in the client's transaction, which must hold all these tables locked exclusively.
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
 * Runs statements and their triggers with table names resolved to the fresh tables. It runs in the client's
 * transaction.
 */
export async function amongFreshTables<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ path: string }>(`SELECT current_setting('search_path') AS path`);
  const path = rows[0]?.path ?? '';
  await client.query(`SELECT set_config('search_path', '${FRESH_SCHEMA}, ' || $1, true)`, [path]);
  const result = await work();
  await client.query(`SELECT set_config('search_path', $1, true)`, [path]);
  return result;
}
