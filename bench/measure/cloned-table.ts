import type { Client } from 'pg';

interface IndexDefinition {
  readonly definition: string;
  /** Null: the index belongs to no primary key or unique constraint. */
  readonly constraint: string | null;
  readonly key: string | null;
}

/**
 * An empty table like another in columns, defaults, CHECKs and what is generated; keys, indexes and foreign keys are
 * added from the original's own definitions, now or when it is full.
 */
export class ClonedTable {
  readonly name: string;

  static async create(owner: Client, table: string): Promise<ClonedTable> {
    const clone = new ClonedTable(owner, table);
    await owner.query(`DROP SCHEMA IF EXISTS bench_clone CASCADE; CREATE SCHEMA bench_clone;
      CREATE TABLE ${clone.name} (LIKE ${table} INCLUDING ALL EXCLUDING INDEXES EXCLUDING STATISTICS)`);
    return clone;
  }

  private constructor(
    private readonly owner: Client,
    private readonly table: string,
  ) {
    this.name = `bench_clone.${table}`;
  }

  async addIndexes(): Promise<void> {
    const { rows } = await this.owner.query<IndexDefinition>(
      `SELECT pg_get_indexdef(indexrelid) AS definition, conname AS constraint, pg_get_constraintdef(con.oid) AS key
         FROM pg_index LEFT JOIN pg_constraint AS con ON con.conindid = indexrelid AND con.contype IN ('p', 'u')
        WHERE indrelid = $1::regclass ORDER BY indexrelid`,
      [this.table],
    );
    for (const { definition, constraint, key } of rows) {
      const statement =
        constraint === null || key === null
          ? definition.replace(/ ON \S+ USING /, ` ON ${this.name} USING `)
          : `ALTER TABLE ${this.name} ADD CONSTRAINT ${constraint} ${key}`;
      await this.owner.query(statement);
    }
  }

  /** One that leads to the table itself leads to the clone. */
  async addForeignKeys(): Promise<void> {
    const { rows } = await this.owner.query<{ name: string; definition: string }>(
      `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE conrelid = $1::regclass AND contype = 'f'`,
      [this.table],
    );
    for (const { name, definition } of rows) {
      const own = definition.replace(`REFERENCES ${this.table}(`, `REFERENCES ${this.name}(`);
      await this.owner.query(`ALTER TABLE ${this.name} ADD CONSTRAINT ${name} ${own}`);
    }
  }

  async drop(): Promise<void> {
    await this.owner.query('DROP SCHEMA bench_clone CASCADE');
  }
}
