-- Credits that a lot paid for a spend (projection).

CREATE TABLE credit_allocations (
  user_id       text COLLATE "C" NOT NULL,
  spend_type    text NOT NULL,
  spend_id      text COLLATE "C" NOT NULL,
  position      integer NOT NULL,
  lot_pool      text NOT NULL,
  lot_id        text COLLATE "C" NOT NULL,
  taken_credits numeric(18,6) NOT NULL,
  taken_value   numeric(24,6) NOT NULL,
  credits       numeric(18,6) NOT NULL,
  value         numeric(24,6) NOT NULL,
  paid_at       timestamptz NOT NULL,
  CONSTRAINT credit_allocations_pkey PRIMARY KEY (user_id, spend_type, spend_id, position),
  CONSTRAINT credit_allocations_spend_type_known CHECK (spend_type IN ('deployment', 'spend')),
  CONSTRAINT credit_allocations_lot_pool_known CHECK (lot_pool IN ('free', 'purchased')),
  CONSTRAINT credit_allocations_position_counts_from_one CHECK (position >= 1),
  CONSTRAINT credit_allocations_bounds CHECK (
    taken_credits > 0 AND taken_credits < 'NaN' AND credits BETWEEN 0 AND taken_credits
    AND taken_value >= 0 AND taken_value < 'NaN' AND value BETWEEN 0 AND taken_value)
);
