-- The append-only ledger. Its constraints are those of the domain: up to 12 digits before the point (14 for a computed
-- amount), years 1 to 9999, and for each type exactly the fields of docs/rules.md. Upper bounds also exclude NaN.

CREATE TABLE credit_entries (
  sequence      bigint GENERATED ALWAYS AS IDENTITY,
  type          text NOT NULL,
  id            text COLLATE "C" NOT NULL,
  user_id       text COLLATE "C" NOT NULL,
  occurred_at   timestamptz NOT NULL,
  recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  credits       numeric(18,6),
  amount        numeric(24,6),
  expires_at    timestamptz,
  module_id     text COLLATE "C",
  pool          text,
  category      text,
  refunded_type text,
  refunded_id   text COLLATE "C",
  CONSTRAINT credit_entries_pkey PRIMARY KEY (sequence),
  CONSTRAINT credit_entries_id_unique UNIQUE (type, id),
  CONSTRAINT credit_entries_account_fkey FOREIGN KEY (user_id) REFERENCES credit_accounts (user_id),
  CONSTRAINT credit_entries_module_fkey FOREIGN KEY (module_id) REFERENCES modules (id),
  CONSTRAINT credit_entries_refunded_fkey
    FOREIGN KEY (refunded_type, refunded_id) REFERENCES credit_entries (type, id),
  CONSTRAINT credit_entries_type_known
    CHECK (type IN ('award', 'purchase', 'deployment', 'spend', 'refund', 'purchaseRefund')),
  CONSTRAINT credit_entries_id_grammar CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'),
  CONSTRAINT credit_entries_deployment_is_not_summary CHECK (type <> 'deployment' OR id <> 'summary'),
  CONSTRAINT credit_entries_credits_bounds CHECK (credits >= 0 AND credits < 1000000000000),
  CONSTRAINT credit_entries_amount_bounds CHECK (amount >= 0 AND amount <= 100000000000000),
  CONSTRAINT credit_entries_occurred_at_bounds
    CHECK (occurred_at >= '0001-01-01 00:00:00+00' AND occurred_at < '10000-01-01 00:00:00+00'),
  CONSTRAINT credit_entries_expires_at_bounds
    CHECK (expires_at > occurred_at AND expires_at < '10000-01-01 00:00:00+00'),
  CONSTRAINT credit_entries_fields_of_type CHECK (
    CASE type
      WHEN 'award' THEN credits > 0 AND num_nonnulls(amount, module_id, pool, category, refunded_id) = 0
      WHEN 'purchase' THEN
        credits > 0 AND amount IS NOT NULL AND num_nonnulls(module_id, pool, category, refunded_id) = 0
      WHEN 'deployment' THEN
        credits IS NOT NULL AND module_id IS NOT NULL AND pool IN ('any', 'purchased')
        AND num_nonnulls(amount, expires_at, category, refunded_id) = 0
      WHEN 'spend' THEN
        credits > 0 AND pool IN ('any', 'free', 'purchased') AND category IN ('project', 'build', 'adjustment')
        AND num_nonnulls(amount, expires_at, module_id, refunded_id) = 0
      WHEN 'refund' THEN
        (credits IS NULL OR credits > 0) AND refunded_type = 'deployment' AND refunded_id IS NOT NULL
        AND num_nonnulls(amount, expires_at, module_id, pool, category) = 0
      WHEN 'purchaseRefund' THEN
        (credits IS NULL OR credits > 0) AND refunded_type = 'purchase' AND refunded_id IS NOT NULL
        AND num_nonnulls(amount, expires_at, module_id, pool, category) = 0
    END),
  CONSTRAINT credit_entries_refunded_whole CHECK ((refunded_type IS NULL) = (refunded_id IS NULL))
);

CREATE INDEX credit_entries_by_user ON credit_entries (user_id, occurred_at);
