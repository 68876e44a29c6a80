import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { ModuleEntity } from '../../modules/index.js';

/** The fields of each type of entry (docs/rules.md, "Entries"). */
const FIELDS_OF_TYPE = `
  CASE type
    WHEN 'award' THEN
      credits > 0
      AND num_nonnulls(amount, fee, tax, original_amount, module_id, pool, category, refunded_id, cause) = 0
    WHEN 'purchase' THEN
      credits > 0 AND amount IS NOT NULL AND num_nonnulls(module_id, pool, category, refunded_id, cause) = 0
    WHEN 'deployment' THEN
      credits IS NOT NULL AND module_id IS NOT NULL AND pool IN ('any', 'purchased')
      AND num_nonnulls(amount, fee, tax, original_amount, expires_at, category, refunded_id, cause) = 0
    WHEN 'spend' THEN
      credits > 0 AND pool IN ('any', 'free', 'purchased') AND category IN ('project', 'build', 'adjustment')
      AND num_nonnulls(amount, fee, tax, original_amount, expires_at, module_id, refunded_id, cause) = 0
    WHEN 'refund' THEN
      (credits IS NULL OR credits > 0) AND refunded_type = 'deployment' AND refunded_id IS NOT NULL
      AND num_nonnulls(amount, fee, tax, original_amount, expires_at, module_id, pool, category, cause) = 0
    WHEN 'purchaseRefund' THEN
      (credits IS NULL OR credits > 0) AND refunded_type = 'purchase' AND refunded_id IS NOT NULL
      AND num_nonnulls(amount, fee, tax, original_amount, expires_at, module_id, pool, category, cause) = 0
    WHEN 'purchaseReversal' THEN
      (credits IS NULL OR credits > 0) AND refunded_type = 'purchase' AND refunded_id IS NOT NULL
      AND (cause IS NULL OR cause IN ('chargeback', 'paymentFailed', 'fraud', 'other'))
      AND num_nonnulls(amount, fee, tax, original_amount, expires_at, module_id, pool, category) = 0
    WHEN 'reversalRelease' THEN
      credits IS NULL AND refunded_type = 'purchaseReversal' AND refunded_id IS NOT NULL
      AND num_nonnulls(amount, fee, tax, original_amount, expires_at, module_id, pool, category, cause) = 0
  END`;

/**
 * One accepted entry of the ledger, which is never changed. Its columns are the fields of docs/rules.md, "Entries".
 * Mirrors migrations/sql/credits/credit_entries.sql and entries_of_reversals.sql.
 */
@Entity('credit_entries')
@Unique('credit_entries_id_unique', ['type', 'id'])
@ForeignKey(() => CreditEntryEntity, ['refundedType', 'refundedId'], ['type', 'id'], {
  name: 'credit_entries_refunded_fkey',
})
@Check(
  'credit_entries_type_known',
  `type IN (
    'award', 'purchase', 'deployment', 'spend', 'refund', 'purchaseRefund', 'purchaseReversal', 'reversalRelease')`,
)
@Check('credit_entries_id_grammar', `id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'`)
@Check('credit_entries_deployment_is_not_summary', `type <> 'deployment' OR id <> 'summary'`)
@Check('credit_entries_credits_bounds', 'credits >= 0 AND credits < 1000000000000')
@Check('credit_entries_amount_bounds', 'amount >= 0 AND amount <= 100000000000000')
@Check(
  'credit_entries_occurred_at_bounds',
  `occurred_at >= '0001-01-01 00:00:00+00' AND occurred_at < '10000-01-01 00:00:00+00'`,
)
@Check(
  'credit_entries_expires_at_bounds',
  `expires_at > occurred_at AND expires_at < '10000-01-01 00:00:00+00'`,
)
@Check('credit_entries_fields_of_type', FIELDS_OF_TYPE)
@Check(
  'credit_entries_payment_bounds',
  `fee >= 0 AND fee < 1000000000000 AND tax >= 0 AND tax < 1000000000000
    AND original_amount >= 0 AND original_amount < 1000000000000`,
)
@Check('credit_entries_original_currency_grammar', `original_currency ~ '^[A-Z]{3}$'`)
@Check('credit_entries_original_whole', '(original_amount IS NULL) = (original_currency IS NULL)')
@Check('credit_entries_refunded_whole', '(refunded_type IS NULL) = (refunded_id IS NULL)')
@Index('credit_entries_by_user', ['userId', 'occurredAt'])
export class CreditEntryEntity {
  /** For paging and audit; it does not order histories. */
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'credit_entries_pkey',
  })
  sequence: string;

  @Column({ type: 'text' })
  type: string;

  @Column({ type: 'text', collation: 'C' })
  id: string;

  @ForeignKey('CreditAccountEntity', { name: 'credit_entries_account_fkey' })
  @Column({ name: 'user_id', type: 'text', collation: 'C' })
  userId: string;

  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt: string;

  @Column({ name: 'recorded_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  recordedAt: string;

  @Column({ type: 'numeric', precision: 18, scale: 6, nullable: true })
  credits: string | null;

  @Column({ type: 'numeric', precision: 24, scale: 6, nullable: true })
  amount: string | null;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: string | null;

  @ForeignKey(() => ModuleEntity, { name: 'credit_entries_module_fkey' })
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

  @Column({ type: 'text', nullable: true })
  cause: string | null;

  @Column({ type: 'numeric', precision: 18, scale: 6, nullable: true })
  fee: string | null;

  @Column({ type: 'numeric', precision: 18, scale: 6, nullable: true })
  tax: string | null;

  @Column({ name: 'original_amount', type: 'numeric', precision: 18, scale: 6, nullable: true })
  originalAmount: string | null;

  @Column({ name: 'original_currency', type: 'text', nullable: true })
  originalCurrency: string | null;
}
