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
/** Rows that one statement deletes: few enough to be done in milliseconds. */
const BATCH_ROWS = 5_000;
/** Names the advisory lock of the one process that sweeps. Any fixed number does that no other lock has. */
const SWEEP_LOCK = 7_105_713;

/** Deletes the kept answers that are older than 24 hours, in the background; one process at a time does it. */
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

  /** @returns how many answers it has deleted */
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

/** The lock is in a subquery, so it is tried once and not for each row; nothing is deleted where another has it. */
const DELETE_EXPIRED = `
  DELETE FROM idempotency_records AS record USING (
    SELECT caller_id, key FROM idempotency_records
     WHERE created_at <= now() - ${KEPT_FOR} AND (SELECT pg_try_advisory_xact_lock($2))
     ORDER BY created_at LIMIT $1) AS expired
   WHERE record.caller_id = expired.caller_id AND record.key = expired.key`;
