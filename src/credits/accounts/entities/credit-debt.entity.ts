import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A spend with something unpaid (projection). */
@Entity({ name: 'credit_debts', synchronize: false })
export class CreditDebtEntity {
  @PrimaryColumn({ name: 'user_id', type: 'text', collation: 'C' })
  userId: string;

  @PrimaryColumn({ name: 'spend_type', type: 'text' })
  spendType: string;

  @PrimaryColumn({ name: 'spend_id', type: 'text', collation: 'C' })
  spendId: string;

  @Column({ type: 'text' })
  pool: string;

  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt: string;

  @Column({ name: 'unpaid_credits', type: 'numeric', precision: 18, scale: 6 })
  unpaidCredits: string;
}
