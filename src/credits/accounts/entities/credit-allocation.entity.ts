import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One taking of a spend from a lot (projection), with what refunds have left of it. */
@Entity({ name: 'credit_allocations', synchronize: false })
export class CreditAllocationEntity {
  @PrimaryColumn({ name: 'user_id', type: 'text', collation: 'C' })
  userId: string;

  @PrimaryColumn({ name: 'spend_type', type: 'text' })
  spendType: string;

  @PrimaryColumn({ name: 'spend_id', type: 'text', collation: 'C' })
  spendId: string;

  /** 1, 2, ... in the order in which they paid. */
  @PrimaryColumn({ type: 'integer' })
  piece: number;

  @Column({ name: 'lot_pool', type: 'text' })
  lotPool: string;

  @Column({ name: 'lot_id', type: 'text', collation: 'C' })
  lotId: string;

  @Column({ name: 'taken_credits', type: 'numeric', precision: 18, scale: 6 })
  takenCredits: string;

  @Column({ name: 'taken_value', type: 'numeric', precision: 24, scale: 6 })
  takenValue: string;

  /** What the allocation still pays. */
  @Column({ type: 'numeric', precision: 18, scale: 6 })
  credits: string;

  @Column({ type: 'numeric', precision: 24, scale: 6 })
  value: string;

  @Column({ name: 'paid_at', type: 'timestamptz' })
  paidAt: string;
}
