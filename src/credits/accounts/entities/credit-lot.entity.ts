import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A lot after the last entry folded (projection): acquired = left + paid + lapsed + refunded. */
@Entity({ name: 'credit_lots', synchronize: false })
export class CreditLotEntity {
  @PrimaryColumn({ name: 'user_id', type: 'text', collation: 'C' })
  userId: string;

  @PrimaryColumn({ type: 'text' })
  pool: string;

  /** The externalId of the award (free) or purchase (purchased) that opened it. */
  @PrimaryColumn({ type: 'text', collation: 'C' })
  id: string;

  @Column({ name: 'opened_at', type: 'timestamptz' })
  openedAt: string;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: string | null;

  @Column({ name: 'acquired_credits', type: 'numeric', precision: 18, scale: 6 })
  acquiredCredits: string;

  @Column({ name: 'acquired_value', type: 'numeric', precision: 24, scale: 6 })
  acquiredValue: string;

  @Column({ name: 'left_credits', type: 'numeric', precision: 18, scale: 6 })
  leftCredits: string;

  @Column({ name: 'left_value', type: 'numeric', precision: 24, scale: 6 })
  leftValue: string;

  @Column({ name: 'paid_credits', type: 'numeric', precision: 18, scale: 6 })
  paidCredits: string;

  @Column({ name: 'paid_value', type: 'numeric', precision: 24, scale: 6 })
  paidValue: string;

  @Column({ name: 'lapsed_credits', type: 'numeric', precision: 18, scale: 6 })
  lapsedCredits: string;

  @Column({ name: 'lapsed_value', type: 'numeric', precision: 24, scale: 6 })
  lapsedValue: string;

  @Column({ name: 'refunded_credits', type: 'numeric', precision: 18, scale: 6 })
  refundedCredits: string;

  @Column({ name: 'refunded_value', type: 'numeric', precision: 24, scale: 6 })
  refundedValue: string;
}
