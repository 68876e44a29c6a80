import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { DATABASE_SCHEMA, type DatabaseSchema } from './database-schema.js';
import { lendBriefly } from './lend.js';

/**
 * Comes before the statement that takes a snapshot, and takes none itself. A rebuild puts fresh tables in the place of
 * old ones, which an earlier snapshot would find empty: this makes it wait until the transaction has ended.
 */
export function lockSwapGate({ swapGate }: Pick<DatabaseSchema, 'swapGate'>): string {
  return `LOCK TABLE ${swapGate} IN ACCESS SHARE MODE`;
}

/** One moment of the database: every statement of it sees the same rows, whatever is written meanwhile. */
export interface Snapshot {
  /** For TypeORM's repositories. */
  readonly manager: EntityManager;
  /** For named statements, cursors and COPY. */
  readonly client: PoolClient;
  /** All that was committed by then is seen; PostgreSQL's text of a timestamptz. */
  readonly takenAt: string;
}

/** Snapshots of the primary. */
@Injectable()
export class Snapshots {
  private readonly begin: string;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(DATABASE_SCHEMA) schema: Pick<DatabaseSchema, 'swapGate'>,
  ) {
    this.begin = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${lockSwapGate(schema)}; SELECT statement_timestamp() AS now`;
  }

  /** Reads from one snapshot, on a connection of the pool. */
  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return lendBriefly(this.dataSource, (runner) => this.readOn(runner, work));
  }

  /** Reads from one snapshot, on the connection of a runner that is in no transaction. */
  async readOn<T>(runner: QueryRunner, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const client = (await runner.connect()) as PoolClient;
    try {
      const takenAt = await this.beginOn(client);
      return await work({ manager: runner.manager, client, takenAt });
    } finally {
      // Also where it could not begin: the connection goes back to its pool. Nothing was written, so nothing can be lost.
      await client.query('ROLLBACK').catch(() => {});
    }
  }

  /** One round trip: the snapshot is taken by the last statement, after the time of the message that brought them all. */
  private async beginOn(client: PoolClient): Promise<string> {
    const results = (await client.query(this.begin)) as unknown as { rows: { now: string }[] }[];
    return results[2]?.rows[0]?.now as string;
  }
}
