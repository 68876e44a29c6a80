-- credit_lots, credit_allocations, credit_debts and deployment_revenue are projections: they contain results of the
-- fold, and a rebuild computes them again from the ledger. Therefore they have no foreign keys; instead, `verify`
-- compares them with a fold of its own.

-- Invariant 2 of docs/rules.md as a constraint: acquired = left + paid + lapsed + refunded, for credits and for value.
CREATE TABLE credit_lots (
  user_id          text COLLATE "C" NOT NULL,
  pool             text NOT NULL,
  id               text COLLATE "C" NOT NULL,
  opened_at        timestamptz NOT NULL,
  expires_at       timestamptz,
  acquired_credits numeric(18,6) NOT NULL,
  acquired_value   numeric(24,6) NOT NULL,
  left_credits     numeric(18,6) NOT NULL,
  left_value       numeric(24,6) NOT NULL,
  paid_credits     numeric(18,6) NOT NULL,
  paid_value       numeric(24,6) NOT NULL,
  lapsed_credits   numeric(18,6) NOT NULL,
  lapsed_value     numeric(24,6) NOT NULL,
  refunded_credits numeric(18,6) NOT NULL,
  refunded_value   numeric(24,6) NOT NULL,
  CONSTRAINT credit_lots_pkey PRIMARY KEY (user_id, pool, id),
  CONSTRAINT credit_lots_pool_known CHECK (pool IN ('free', 'purchased')),
  CONSTRAINT credit_lots_credits_conserved CHECK (
    acquired_credits = left_credits + paid_credits + lapsed_credits + refunded_credits
    AND left_credits >= 0 AND paid_credits >= 0 AND lapsed_credits >= 0 AND refunded_credits >= 0
    AND acquired_credits > 0 AND acquired_credits < 'NaN'),
  CONSTRAINT credit_lots_value_conserved CHECK (
    acquired_value = left_value + paid_value + lapsed_value + refunded_value
    AND left_value >= 0 AND paid_value >= 0 AND lapsed_value >= 0 AND refunded_value >= 0
    AND acquired_value < 'NaN'),
  CONSTRAINT credit_lots_free_without_value CHECK (pool = 'purchased' OR acquired_value = 0)
);
