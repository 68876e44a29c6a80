-- Entries of money that was taken back from outside, and of reversals that were undone. A purchase can carry what the
-- payment provider tells of it: its fee, the tax, and the amount in the currency in which it was paid.

ALTER TABLE credit_entries
  ADD COLUMN cause text,
  ADD COLUMN fee numeric(18,6),
  ADD COLUMN tax numeric(18,6),
  ADD COLUMN original_amount numeric(18,6),
  ADD COLUMN original_currency text,
  DROP CONSTRAINT credit_entries_type_known,
  DROP CONSTRAINT credit_entries_fields_of_type,
  ADD CONSTRAINT credit_entries_type_known CHECK (type IN (
    'award', 'purchase', 'deployment', 'spend', 'refund', 'purchaseRefund', 'purchaseReversal', 'reversalRelease')),
  ADD CONSTRAINT credit_entries_payment_bounds CHECK (
    fee >= 0 AND fee < 1000000000000 AND tax >= 0 AND tax < 1000000000000
    AND original_amount >= 0 AND original_amount < 1000000000000),
  ADD CONSTRAINT credit_entries_original_currency_grammar CHECK (original_currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT credit_entries_original_whole CHECK ((original_amount IS NULL) = (original_currency IS NULL)),
  ADD CONSTRAINT credit_entries_fields_of_type CHECK (
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
    END);

ALTER TABLE credit_accounts
  DROP CONSTRAINT credit_accounts_folded_to_type_known,
  ADD CONSTRAINT credit_accounts_folded_to_type_known CHECK (folded_to_type IN (
    'award', 'purchase', 'deployment', 'spend', 'refund', 'purchaseRefund', 'purchaseReversal', 'reversalRelease'));
