import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One award to many users. Mirrors migrations/1700000035000-AwardBatches. */
@Entity({ name: 'award_batches', synchronize: false })
export class AwardBatchEntity {
  /** The platform's own id, the beginning of its awards' ids. */
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName: 'award_batches_pkey' })
  id: string;

  /** The order of acceptance, in which batches are worked on. */
  @Column({ type: 'bigint', generatedIdentity: 'ALWAYS', insert: false, update: false })
  sequence: string;

  @Column({ name: 'accepted_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  acceptedAt: string;

  /** Who sent it, as user and as partner. */
  @Column({ name: 'accepted_as', type: 'text', array: true, collation: 'C' })
  acceptedAs: string[];

  /** Whether it is for everybody who was recorded when it was accepted. */
  @Column({ name: 'is_for_all', type: 'boolean' })
  isForAll: boolean;

  @Column({ type: 'numeric', precision: 18, scale: 6 })
  credits: string;

  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt: string;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: string | null;

  /** Until it is finished. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'integer', default: 0 })
  total: number;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: string | null;
}
