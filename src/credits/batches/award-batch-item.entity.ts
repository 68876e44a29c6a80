import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A user of a batch, and what became of its award. Mirrors migrations/1700000035000-AwardBatches. */
@Entity({ name: 'award_batch_items', synchronize: false })
export class AwardBatchItemEntity {
  @PrimaryColumn({ name: 'batch_id', type: 'text', collation: 'C' })
  batchId: string;

  /** Counts the batch's users in the order of their ids, from 1. */
  @PrimaryColumn({ type: 'integer' })
  n: number;

  @Column({ name: 'user_id', type: 'text', collation: 'C' })
  userId: string;

  /** Null: it waits. */
  @Column({ type: 'text', nullable: true })
  outcome: 'done' | 'refused' | null;

  /** Of a refused one. */
  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;
}
