import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../auth/index.js';
import {
  comparePlatformIds,
  formatDecimal,
  formatInstant,
  microsFromNumeric,
  parseInstant,
  type Instant,
  type Micros,
} from '../../domain/index.js';
import { instantFromPostgres } from '../../platform/database/index.js';
import { Problem } from '../../platform/problem/index.js';
import { databaseClock, idsOf } from '../commands/judging-terms.js';
import { assertExpiresLater, throwIfRefused, timeAhead } from '../commands/refusals.js';
import { AWARD_BATCH_PROBLEMS } from '../credits.problems.js';
import { AwardBatchItemEntity, awardIdOf } from './award-batch-item.entity.js';
import { AwardBatchEntity } from './award-batch.entity.js';

/** Maximum number of refused users in an answer. */
const REFUSALS_NAMED_MAX = 1_000;

/** A request for one award to many users. */
export interface AwardBatchOrder {
  readonly id: string;
  /** Different users; null for all recorded users. */
  readonly userIds: readonly string[] | null;
  readonly credits: Micros;
  /** Null for the time of acceptance. */
  readonly occurredAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly reason: string | null;
}

/** A user whose award was refused, with the reason. */
export interface RefusedAward {
  readonly userId: string;
  readonly externalId: string;
  readonly code: string;
  readonly reason: string;
}

/** The progress of a batch; instants and decimals are text. */
export interface AwardBatchProgress {
  readonly externalId: string;
  readonly statusAddress: string;
  readonly credits: string;
  readonly occurredAt: string;
  readonly expiresAt: string | null;
  readonly acceptedAt: string;
  readonly finishedAt: string | null;
  readonly total: number;
  readonly done: number;
  readonly refused: number;
  /** At most 1,000, in the order of the users' ids. */
  readonly refusals: readonly RefusedAward[];
}

/** Accepts batches of awards and reports their progress; `AwardBatchWorker` records the awards. */
@Injectable()
export class AwardBatchesService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Stores a batch with its users and the time of its awards. A repeated request changes nothing.
   *
   * @throws Problem if another batch has the id, or if the times are invalid
   */
  async accept(
    order: AwardBatchOrder,
    caller: Caller,
    manager: EntityManager,
  ): Promise<{ readonly batch: AwardBatchProgress; readonly isNew: boolean }> {
    const stored = await manager.findOneBy(AwardBatchEntity, { id: order.id });
    if (stored !== null) {
      await assertSame(order, stored, manager);
      return { batch: await this.get(order.id, manager), isNew: false };
    }
    const now = await databaseClock(manager);
    const occurredAt = order.occurredAt ?? now;
    throwIfRefused(timeAhead(occurredAt, now));
    assertExpiresLater(order.expiresAt, occurredAt);
    await manager.insert(AwardBatchEntity, {
      id: order.id,
      acceptedAs: [...idsOf(caller)],
      isForAll: order.userIds === null,
      credits: formatDecimal(order.credits),
      occurredAt: formatInstant(occurredAt),
      expiresAt: order.expiresAt === null ? null : formatInstant(order.expiresAt),
      reason: order.reason,
    });
    await insertItems(order, manager);
    return { batch: await this.get(order.id, manager), isNew: true };
  }

  /** Returns the progress of a batch. @throws Problem 404 */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<AwardBatchProgress> {
    const batch = await manager.findOneBy(AwardBatchEntity, { id });
    if (batch === null) {
      throw new Problem(AWARD_BATCH_PROBLEMS.NOT_FOUND, `There is no batch of awards ${id}.`);
    }
    const { credits, occurredAt, expiresAt, acceptedAt, finishedAt, total } = batch;
    const [counts] = await manager.query<{ done: string; refused: string }[]>(
      `SELECT count(*) FILTER (WHERE outcome = 'done') AS done, count(*) FILTER (WHERE outcome = 'refused') AS refused
       FROM award_batch_items WHERE batch_id = $1`,
      [id],
    );
    return {
      externalId: id,
      statusAddress: statusAddressOf(id),
      credits: formatDecimal(microsFromNumeric(credits)),
      occurredAt: instantFromPostgres(occurredAt),
      expiresAt: expiresAt === null ? null : instantFromPostgres(expiresAt),
      acceptedAt: instantFromPostgres(acceptedAt),
      finishedAt: finishedAt === null ? null : instantFromPostgres(finishedAt),
      total,
      done: Number(counts?.done),
      refused: Number(counts?.refused),
      refusals: await refusalsOf(id, manager),
    };
  }
}

/** Numbers the users by their ids, bytewise. `All users` does not include anonymised ones. */
async function insertItems({ id, userIds }: AwardBatchOrder, manager: EntityManager): Promise<void> {
  const users =
    userIds === null
      ? { sql: 'SELECT id FROM users WHERE anonymised_at IS NULL', parameters: [] }
      : { sql: 'SELECT unnest($2::text[]) AS id', parameters: [userIds] };
  await manager.query(
    `INSERT INTO award_batch_items (batch_id, n, user_id)
     SELECT $1, row_number() OVER (ORDER BY id COLLATE "C"), id FROM (${users.sql}) AS chosen`,
    [id, ...users.parameters],
  );
  await manager.query(
    `UPDATE award_batches SET total = (SELECT count(*) FROM award_batch_items WHERE batch_id = $1) WHERE id = $1`,
    [id],
  );
}

async function assertSame(
  order: AwardBatchOrder,
  stored: AwardBatchEntity,
  manager: EntityManager,
): Promise<void> {
  const { userIds, credits, occurredAt, expiresAt } = order;
  const isSame =
    credits === microsFromNumeric(stored.credits) &&
    (occurredAt === null || occurredAt === instantOf(stored.occurredAt)) &&
    (expiresAt === null || (stored.expiresAt !== null && expiresAt === instantOf(stored.expiresAt))) &&
    (userIds === null) === stored.isForAll &&
    (userIds === null || (await hasSameUsers(userIds, stored, manager)));
  if (isSame) return;
  throw new Problem(
    AWARD_BATCH_PROBLEMS.CONFLICT,
    `Batch ${order.id} was accepted with other content. Send the new batch with another id.`,
  );
}

async function hasSameUsers(
  userIds: readonly string[],
  stored: AwardBatchEntity,
  manager: EntityManager,
): Promise<boolean> {
  if (userIds.length !== stored.total) return false;
  const items = await manager.find(AwardBatchItemEntity, {
    select: { userId: true },
    where: { batchId: stored.id },
    order: { n: 'ASC' },
  });
  const sorted = userIds.toSorted(comparePlatformIds);
  return items.every(({ userId }, index) => userId === sorted[index]);
}

async function refusalsOf(batchId: string, manager: EntityManager): Promise<RefusedAward[]> {
  const items = await manager.find(AwardBatchItemEntity, {
    where: { batchId, outcome: 'refused' },
    order: { n: 'ASC' },
    take: REFUSALS_NAMED_MAX,
  });
  return items.map(({ n, userId, code, reason }) => ({
    userId,
    externalId: awardIdOf(batchId, n),
    code: code ?? '',
    reason: reason ?? '',
  }));
}

/** The path of the batch's progress. */
function statusAddressOf(id: string): string {
  return `/api/credits/awards/batches/${encodeURIComponent(id)}`;
}

function instantOf(text: string): Instant | null {
  return parseInstant(instantFromPostgres(text));
}
