-- Payments of statements, and reversals, which take back one payment each, in full: once, of the same statement, with the
-- same amount. A payment's reference is a personal text.

CREATE TABLE payments (
  sequence     bigint GENERATED ALWAYS AS IDENTITY,
  external_id  text COLLATE "C" NOT NULL,
  statement_no bigint NOT NULL,
  amount       numeric(30,6) NOT NULL,
  reverses     text COLLATE "C",
  paid_at      timestamptz NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT payments_pkey PRIMARY KEY (sequence),
  CONSTRAINT payments_external_id_key UNIQUE (external_id),
  CONSTRAINT payments_reversible_key UNIQUE (external_id, statement_no, amount),
  CONSTRAINT payments_reverses_key UNIQUE (reverses),
  CONSTRAINT payments_statement_fkey FOREIGN KEY (statement_no) REFERENCES statements (no),
  CONSTRAINT payments_reverses_fkey
    FOREIGN KEY (reverses, statement_no, amount) REFERENCES payments (external_id, statement_no, amount),
  CONSTRAINT payments_external_id_grammar CHECK (external_id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'),
  CONSTRAINT payments_amount_bounds CHECK (amount > 0 AND amount < 'NaN'),
  CONSTRAINT payments_paid_at_bounds
    CHECK (paid_at >= '0001-01-01 00:00:00+00' AND paid_at < '10000-01-01 00:00:00+00')
);

CREATE INDEX payments_by_statement ON payments (statement_no, sequence);
