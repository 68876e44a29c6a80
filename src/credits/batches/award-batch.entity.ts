import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One award to many users. Mirrors migrations/sql/credits/award_batches.sql. */
@Entity('award_batches')
@Check('award_batches_id_grammar', `id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,99}$'`)
@Check('award_batches_credits_bounds', 'credits > 0 AND credits < 1000000000000')
@Check('award_batches_expires_later', 'expires_at > occurred_at')
@Check('award_batches_reason_length', 'char_length(reason) BETWEEN 1 AND 1000')
@Check('award_batches_reason_is_passed_on', 'finished_at IS NULL OR reason IS NULL')
@Check('award_batches_total_not_negative', 'total >= 0')
@Index('award_batches_unfinished', ['sequence'], { where: 'finished_at IS NULL' })
export class AwardBatchEntity {
  /** The platform's own id. The ids of the batch's awards begin with it. */
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName: 'award_batches_pkey' })
  id: string;

  /** The order of acceptance. Batches are recorded in this order. */
  @Column({ type: 'bigint', generatedIdentity: 'ALWAYS', insert: false, update: false })
  sequence: string;

  @Column({ name: 'accepted_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  acceptedAt: string;

  /** The caller's ids as user and as partner. */
  @Column({ name: 'accepted_as', type: 'text', array: true, collation: 'C' })
  acceptedAs: string[];

  /** Whether it is for all users who were recorded when it was accepted. */
  @Column({ name: 'is_for_all', type: 'boolean' })
  isForAll: boolean;

  @Column({ type: 'numeric', precision: 18, scale: 6 })
  credits: string;

  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt: string;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: string | null;

  /** Null once the batch is finished. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'integer', default: 0 })
  total: number;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: string | null;
}
