-- Spends with unpaid credits (projection).

CREATE TABLE credit_debts (
  user_id        text COLLATE "C" NOT NULL,
  spend_type     text NOT NULL,
  spend_id       text COLLATE "C" NOT NULL,
  pool           text NOT NULL,
  occurred_at    timestamptz NOT NULL,
  unpaid_credits numeric(18,6) NOT NULL,
  CONSTRAINT credit_debts_pkey PRIMARY KEY (user_id, spend_type, spend_id),
  CONSTRAINT credit_debts_spend_type_known CHECK (spend_type IN ('deployment', 'spend')),
  CONSTRAINT credit_debts_pool_known CHECK (pool IN ('any', 'free', 'purchased')),
  CONSTRAINT credit_debts_unpaid_bounds CHECK (unpaid_credits > 0 AND unpaid_credits < 'NaN')
);
