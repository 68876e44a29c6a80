import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AwardBatchEntity } from './award-batch.entity.js';

const KEY = 'award_batch_items_pkey';

/** A user of a batch, with the outcome of the award. Mirrors migrations/sql/credits/award_batch_items.sql. */
@Entity('award_batch_items')
@Check('award_batch_items_n_counts_from_one', 'n >= 1')
@Check('award_batch_items_outcome_known', `outcome IN ('done', 'refused')`)
@Check(
  'award_batch_items_refused_with_reason',
  `(outcome IS NOT DISTINCT FROM 'refused') = (code IS NOT NULL AND reason IS NOT NULL)`,
)
@Index('award_batch_items_waiting', ['batchId', 'n'], { where: 'outcome IS NULL' })
@Index('award_batch_items_refused', ['batchId', 'n'], { where: `outcome = 'refused'` })
export class AwardBatchItemEntity {
  @ForeignKey(() => AwardBatchEntity, { name: 'award_batch_items_batch_fkey' })
  @PrimaryColumn({ name: 'batch_id', type: 'text', collation: 'C', primaryKeyConstraintName: KEY })
  batchId: string;

  /** The user's number in the batch: users are counted from 1, in the order of their ids. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: KEY })
  n: number;

  @Column({ name: 'user_id', type: 'text', collation: 'C' })
  userId: string;

  /** Null until the award is recorded or refused. */
  @Column({ type: 'text', nullable: true })
  outcome: 'done' | 'refused' | null;

  /** Set if the award is refused. */
  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;
}

/** The id of user n's award (docs/contract.md): n counts the batch's users from 1. */
export function awardIdOf(batchId: string, n: number): string {
  return `${batchId}:${n}`;
}
