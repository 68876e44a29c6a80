-- What a partner gets for a closed month. `no` grows with the closings, so the newest line about a deployment is the one
-- of the highest statement, and new lines are appended at the right end of every index. revenue to carried are exact, up to
-- 12 places; deployments to gross_revenue are sums of the revenue lines, for payouts.

CREATE TABLE statements (
  no                  bigint NOT NULL,
  id                  text COLLATE "C" NOT NULL,
  partner_id          text COLLATE "C" NOT NULL,
  month               text COLLATE "C" NOT NULL,
  currency            text NOT NULL,
  currency_minor_unit smallint NOT NULL,
  opening             numeric(40,12) NOT NULL,
  revenue             numeric(40,12) NOT NULL,
  adjustments         numeric(40,12) NOT NULL,
  due                 numeric(40,12) NOT NULL,
  payable             numeric(40,12) NOT NULL,
  carried             numeric(40,12) NOT NULL,
  deployments         bigint NOT NULL,
  purchased_credits   numeric(30,6) NOT NULL,
  gross_revenue       numeric(30,6) NOT NULL,
  digest              text NOT NULL,
  CONSTRAINT statements_pkey PRIMARY KEY (no),
  CONSTRAINT statements_id_key UNIQUE (id),
  CONSTRAINT statements_partner_month_key UNIQUE (partner_id, month),
  CONSTRAINT statements_partner_fkey FOREIGN KEY (partner_id) REFERENCES users (id),
  CONSTRAINT statements_month_fkey FOREIGN KEY (month) REFERENCES closings (month),
  CONSTRAINT statements_id_grammar CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'),
  CONSTRAINT statements_add_up CHECK (due = opening + revenue + adjustments AND due = payable + carried),
  CONSTRAINT statements_payable_is_payable CHECK (
    payable >= 0 AND payable < 'NaN' AND payable = round(payable, currency_minor_unit)),
  CONSTRAINT statements_minor_unit_known CHECK (currency_minor_unit IN (0, 2, 3)),
  CONSTRAINT statements_digest_is_sha256 CHECK (digest ~ '^[0-9a-f]{64}$')
);

CREATE INDEX statements_by_month ON statements (month, id);
