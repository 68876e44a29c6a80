-- One row per user with the balances after the last folded entry. All writers of the user's credits lock it first.

CREATE TABLE credit_accounts (
  user_id           text COLLATE "C" NOT NULL,
  free_credits      numeric(30,6) NOT NULL DEFAULT 0,
  purchased_credits numeric(30,6) NOT NULL DEFAULT 0,
  unpaid_credits    numeric(30,6) NOT NULL DEFAULT 0,
  entries           bigint NOT NULL DEFAULT 0,
  folded_to_at      timestamptz,
  folded_to_type    text,
  folded_to_id      text COLLATE "C",
  CONSTRAINT credit_accounts_pkey PRIMARY KEY (user_id),
  CONSTRAINT credit_accounts_user_fkey FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT credit_accounts_not_negative
    CHECK (free_credits >= 0 AND purchased_credits >= 0 AND unpaid_credits >= 0 AND entries >= 0),
  CONSTRAINT credit_accounts_no_nan
    CHECK (free_credits < 'NaN' AND purchased_credits < 'NaN' AND unpaid_credits < 'NaN'),
  CONSTRAINT credit_accounts_folded_to_whole
    CHECK (num_nulls(folded_to_at, folded_to_type, folded_to_id) IN (0, 3)),
  CONSTRAINT credit_accounts_folded_to_type_known
    CHECK (folded_to_type IN ('award', 'purchase', 'deployment', 'spend', 'refund', 'purchaseRefund'))
);
