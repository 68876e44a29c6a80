import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One accepted entry of the ledger, as recorded and never changed; its columns are those of docs/rules.md, "Entries". */
@Entity({ name: 'credit_entries', synchronize: false })
export class CreditEntryEntity {
  /** For paging and audit; orders no history. */
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'credit_entries_pkey' })
  sequence: string;

  @Column({ type: 'text' })
  type: string;

  @Column({ type: 'text', collation: 'C' })
  id: string;

  @Column({ name: 'user_id', type: 'text', collation: 'C' })
  userId: string;

  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt: string;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt: string;

  @Column({ type: 'numeric', precision: 18, scale: 6, nullable: true })
  credits: string | null;

  @Column({ type: 'numeric', precision: 24, scale: 6, nullable: true })
  amount: string | null;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: string | null;

  @Column({ name: 'module_id', type: 'text', collation: 'C', nullable: true })
  moduleId: string | null;

  @Column({ type: 'text', nullable: true })
  pool: string | null;

  @Column({ type: 'text', nullable: true })
  category: string | null;

  @Column({ name: 'refunded_type', type: 'text', nullable: true })
  refundedType: string | null;

  @Column({ name: 'refunded_id', type: 'text', collation: 'C', nullable: true })
  refundedId: string | null;
}
