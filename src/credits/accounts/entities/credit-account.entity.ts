import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one fixed row per user that every writer of that user locks first: balances after the last entry folded. */
@Entity({ name: 'credit_accounts', synchronize: false })
export class CreditAccountEntity {
  @PrimaryColumn({ name: 'user_id', type: 'text', collation: 'C' })
  userId: string;

  @Column({ name: 'free_credits', type: 'numeric', precision: 30, scale: 6 })
  freeCredits: string;

  @Column({ name: 'purchased_credits', type: 'numeric', precision: 30, scale: 6 })
  purchasedCredits: string;

  @Column({ name: 'unpaid_credits', type: 'numeric', precision: 30, scale: 6 })
  unpaidCredits: string;

  /** How many entries the user has. */
  @Column({ type: 'bigint' })
  entries: string;

  /** Where the last entry folded stands in the order; all three null before the first. */
  @Column({ name: 'folded_to_at', type: 'timestamptz', nullable: true })
  foldedToAt: string | null;

  @Column({ name: 'folded_to_type', type: 'text', nullable: true })
  foldedToType: string | null;

  @Column({ name: 'folded_to_id', type: 'text', collation: 'C', nullable: true })
  foldedToId: string | null;
}
