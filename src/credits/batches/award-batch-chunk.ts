import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { instantFromPostgres, inWriteTransaction } from '../../platform/database/index.js';
import { Problem } from '../../platform/problem/index.js';
import { PersonalTexts, type PersonalText } from '../../users/index.js';
import { commandOfBody } from '../commands/entry-command.js';
import { entryRequest } from '../commands/entry-request.js';
import { EntryRecorder } from '../commands/entry-recorder.js';
import { AwardBatchItemEntity, awardIdOf } from './award-batch-item.entity.js';
import { AwardBatchEntity } from './award-batch.entity.js';

/** Users per transaction. Their accounts are locked for some tenths of a second. */
const USERS_PER_CHUNK = 100;
/** Number of the advisory lock of the process that works on batches. */
const BATCHES_LOCK = 7_302_001;

/** The outcome of one user's award. */
interface Outcome {
  readonly n: number;
  readonly outcome: 'done' | 'refused';
  readonly code: string | null;
  readonly reason: string | null;
}

/** Records a part of the oldest unfinished batch. Awards and their outcomes are written in one transaction. */
@Injectable()
export class AwardBatchChunk {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly recorder: EntryRecorder,
    private readonly personalTexts: PersonalTexts,
  ) {}

  /** @returns whether there can be more to do; false if another process works on batches */
  async recordNext(): Promise<boolean> {
    return inWriteTransaction(this.dataSource, ({ manager }) => this.recordIn(manager));
  }

  private async recordIn(manager: EntityManager): Promise<boolean> {
    const [lock] = await manager.query<{ isMine: boolean }[]>(
      'SELECT pg_try_advisory_xact_lock($1) AS "isMine"',
      [BATCHES_LOCK],
    );
    if (lock?.isMine !== true) return false;
    const batch = await manager.findOne(AwardBatchEntity, {
      where: { finishedAt: IsNull() },
      order: { sequence: 'ASC' },
    });
    if (batch === null) return false;
    // In the order of the users' ids, like every writer that locks several accounts; so no deadlock is possible.
    const items = await manager.find(AwardBatchItemEntity, {
      where: { batchId: batch.id, outcome: IsNull() },
      order: { n: 'ASC' },
      take: USERS_PER_CHUNK,
    });
    await this.recordItems(batch, items, manager);
    if (items.length < USERS_PER_CHUNK) await finish(batch, manager);
    return true;
  }

  private async recordItems(
    batch: AwardBatchEntity,
    items: readonly AwardBatchItemEntity[],
    manager: EntityManager,
  ): Promise<void> {
    const outcomes: Outcome[] = [];
    const texts: PersonalText[] = [];
    for (const item of items) {
      const outcome = await this.recordItem(batch, item, manager);
      outcomes.push(outcome);
      if (outcome.outcome === 'done' && batch.reason !== null) {
        texts.push({ userId: item.userId, sourceId: awardIdOf(batch.id, item.n), text: batch.reason });
      }
    }
    await this.personalTexts.recordMany('award', texts, manager);
    await manager.query(
      `UPDATE award_batch_items AS item SET outcome = result.outcome, code = result.code, reason = result.reason
       FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) AS result (n, outcome, code, reason)
       WHERE item.batch_id = $1 AND item.n = result.n`,
      [
        batch.id,
        outcomes.map(({ n }) => n),
        outcomes.map(({ outcome }) => outcome),
        outcomes.map(({ code }) => code),
        outcomes.map(({ reason }) => reason),
      ],
    );
  }

  /** An award is refused before anything is written, so the transaction can continue with the others. */
  private async recordItem(
    batch: AwardBatchEntity,
    { n, userId }: AwardBatchItemEntity,
    manager: EntityManager,
  ): Promise<Outcome> {
    const award = commandOfBody('award', {
      externalId: awardIdOf(batch.id, n),
      userId,
      credits: batch.credits,
      occurredAt: instantFromPostgres(batch.occurredAt),
      expiresAt: batch.expiresAt === null ? null : instantFromPostgres(batch.expiresAt),
      reason: batch.reason,
    });
    try {
      await this.recorder.record(entryRequest(award, userId, new Set(batch.acceptedAs)), manager);
      return { n, outcome: 'done', code: null, reason: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { n, outcome: 'refused', code: error.kind.code, reason: error.detail };
    }
  }
}

async function finish({ id }: AwardBatchEntity, manager: EntityManager): Promise<void> {
  await manager.query(
    'UPDATE award_batches SET finished_at = clock_timestamp(), reason = NULL WHERE id = $1',
    [id],
  );
}
