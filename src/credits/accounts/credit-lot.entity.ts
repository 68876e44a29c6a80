import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

const KEY = 'credit_lots_pkey';

/**
 * A lot after the last folded entry (projection): acquired = left + paid + lapsed + refunded + reversed. Mirrors
 * migrations/sql/credits/credit_lots.sql and lots_with_reversals.sql.
 */
@Entity('credit_lots')
@Check('credit_lots_pool_known', `pool IN ('free', 'purchased')`)
@Check(
  'credit_lots_credits_conserved',
  `acquired_credits = left_credits + paid_credits + lapsed_credits + refunded_credits + reversed_credits
    AND left_credits >= 0 AND paid_credits >= 0 AND lapsed_credits >= 0 AND refunded_credits >= 0
    AND reversed_credits >= 0 AND acquired_credits > 0 AND acquired_credits < 'NaN'`,
)
@Check(
  'credit_lots_value_conserved',
  `acquired_value = left_value + paid_value + lapsed_value + refunded_value + reversed_value
    AND left_value >= 0 AND paid_value >= 0 AND lapsed_value >= 0 AND refunded_value >= 0
    AND reversed_value >= 0 AND acquired_value < 'NaN'`,
)
@Check('credit_lots_takings_count', 'takings >= 0')
@Check('credit_lots_free_without_value', `pool = 'purchased' OR acquired_value = 0`)
export class CreditLotEntity {
  @PrimaryColumn({ name: 'user_id', type: 'text', collation: 'C', primaryKeyConstraintName: KEY })
  userId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: KEY })
  pool: string;

  /** The externalId of the award (free) or purchase (purchased) that opened it. */
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName: KEY })
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

  @Column({ name: 'reversed_credits', type: 'numeric', precision: 18, scale: 6, default: 0 })
  reversedCredits: string;

  @Column({ name: 'reversed_value', type: 'numeric', precision: 24, scale: 6, default: 0 })
  reversedValue: string;

  /** The number of its last taking. */
  @Column({ type: 'integer', default: 0 })
  takings: number;
}
