import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { DATABASE_SCHEMA, type DatabaseSchema } from './database-schema.js';
import { lendBriefly } from './lend.js';

/**
 * Statement that must come before the one that takes a snapshot; it takes none itself. A rebuild swaps fresh tables in,
 * which an earlier snapshot would find empty. The lock makes the rebuild wait until the transaction ends.
 */
export function lockSwapGate({ swapGate }: Pick<DatabaseSchema, 'swapGate'>): string {
  return `LOCK TABLE ${swapGate} IN ACCESS SHARE MODE`;
}

/** One snapshot of the database: all its statements see the same rows, whatever is written in the meantime. */
export interface Snapshot {
  /** For TypeORM's repositories. */
  readonly manager: EntityManager;
  /** For named statements, cursors and COPY. */
  readonly client: PoolClient;
  /** Commits up to this time are visible; PostgreSQL's text of a timestamptz. */
  readonly takenAt: string;
}

/** Snapshots of the primary. */
@Injectable()
export class Snapshots {
  private readonly begin: string;
  private readonly beginToWrite: string;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(DATABASE_SCHEMA) schema: Pick<DatabaseSchema, 'swapGate'>,
  ) {
    this.begin = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${lockSwapGate(schema)}; SELECT statement_timestamp() AS now`;
    this.beginToWrite = `BEGIN ISOLATION LEVEL REPEATABLE READ; ${lockSwapGate(schema)}; SELECT 1`;
  }

  /**
   * Begins a transaction that reads one snapshot, which is taken now, and can write. The caller must end it.
   *
   * @param client outside a transaction, without time limits
   */
  async beginWriting(client: PoolClient): Promise<void> {
    await client.query(this.beginToWrite);
  }

  /** Reads from one snapshot, on a connection of the pool. */
  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return lendBriefly(this.dataSource, (runner) => this.readOn(runner, work));
  }

  /** Reads from one snapshot, on the runner's connection, which must be outside a transaction. */
  async readOn<T>(runner: QueryRunner, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const client = (await runner.connect()) as PoolClient;
    try {
      const takenAt = await this.beginOn(client);
      return await work({ manager: runner.manager, client, takenAt });
    } finally {
      // Also if BEGIN failed, because the connection goes back to the pool. A read has nothing to lose.
      await client.query('ROLLBACK').catch(() => {});
    }
  }

  /** Starts the transaction in one round trip. The last statement takes the snapshot, after the time of the message. */
  private async beginOn(client: PoolClient): Promise<string> {
    const results = (await client.query(this.begin)) as unknown as { rows: { now: string }[] }[];
    return results[2]?.rows[0]?.now as string;
  }
}
