import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { UserEntity } from '../../users/index.js';

/**
 * A user's balances after the last folded entry, one row per user. Every transaction that writes credits of the user
 * locks this row first. Mirrors migrations/sql/credits/credit_accounts.sql.
 */
@Entity('credit_accounts')
@Check(
  'credit_accounts_not_negative',
  'free_credits >= 0 AND purchased_credits >= 0 AND unpaid_credits >= 0 AND entries >= 0',
)
@Check(
  'credit_accounts_no_nan',
  `free_credits < 'NaN' AND purchased_credits < 'NaN' AND unpaid_credits < 'NaN'`,
)
@Check('credit_accounts_folded_to_whole', 'num_nulls(folded_to_at, folded_to_type, folded_to_id) IN (0, 3)')
@Check(
  'credit_accounts_folded_to_type_known',
  `folded_to_type IN (
    'award', 'purchase', 'deployment', 'spend', 'refund', 'purchaseRefund', 'purchaseReversal', 'reversalRelease')`,
)
export class CreditAccountEntity {
  @ForeignKey(() => UserEntity, { name: 'credit_accounts_user_fkey' })
  @PrimaryColumn({
    name: 'user_id',
    type: 'text',
    collation: 'C',
    primaryKeyConstraintName: 'credit_accounts_pkey',
  })
  userId: string;

  @Column({ name: 'free_credits', type: 'numeric', precision: 30, scale: 6, default: 0 })
  freeCredits: string;

  @Column({ name: 'purchased_credits', type: 'numeric', precision: 30, scale: 6, default: 0 })
  purchasedCredits: string;

  @Column({ name: 'unpaid_credits', type: 'numeric', precision: 30, scale: 6, default: 0 })
  unpaidCredits: string;

  /** Number of the user's entries. */
  @Column({ type: 'bigint', default: 0 })
  entries: string;

  /** Position of the last folded entry; all three columns are null before the first. */
  @Column({ name: 'folded_to_at', type: 'timestamptz', nullable: true })
  foldedToAt: string | null;

  @Column({ name: 'folded_to_type', type: 'text', nullable: true })
  foldedToType: string | null;

  @Column({ name: 'folded_to_id', type: 'text', collation: 'C', nullable: true })
  foldedToId: string | null;
}
