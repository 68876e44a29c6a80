import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { KEPT_FOR } from './kept-answers.js';

const SWEEP_EVERY_MS = 600_000;
/** Rows per statement, so that each statement takes only milliseconds. */
const BATCH_ROWS = 5_000;
/** Id of the advisory lock of the process that sweeps. The number is arbitrary but must differ from other locks. */
export const SWEEP_LOCK = 7_105_716;

/** Deletes kept answers older than 24 hours, in the background, in one process at a time. */
@Injectable()
export class ExpiredAnswers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ExpiredAnswers.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<unknown> = Promise.resolve();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping = this.sweep().catch((error: unknown) => this.logger.warn({ err: error }));
    }, SWEEP_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** @returns the number of deleted answers */
  async sweep(): Promise<number> {
    let total = 0;
    for (;;) {
      const [, deleted] = await this.dataSource.query<[unknown, number]>(DELETE_EXPIRED, [
        BATCH_ROWS,
        SWEEP_LOCK,
      ]);
      total += deleted;
      if (deleted < BATCH_ROWS) return total;
    }
  }
}

/**
 * The lock is in a subquery, so it is tried once and not for each row. If another process has it, no row is deleted.
 */
const DELETE_EXPIRED = `
  DELETE FROM idempotency_records AS record USING (
    SELECT caller_id, key FROM idempotency_records
     WHERE created_at <= now() - ${KEPT_FOR} AND (SELECT pg_try_advisory_xact_lock($2))
     ORDER BY created_at LIMIT $1) AS expired
   WHERE record.caller_id = expired.caller_id AND record.key = expired.key`;
