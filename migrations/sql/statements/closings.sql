-- The closed months. They form a chain: each one names the month and the digest before it, and only one has none.
-- The row of the run is committed after the snapshot in which the closing is written, so a foreign key would not find it;
-- `verify` compares both. settled_* is what partners' modules have before the first closed month; it is settled elsewhere and never stated.

CREATE TABLE closings (
  month               text COLLATE "C" NOT NULL,
  run                 integer NOT NULL,
  starts_at           timestamptz NOT NULL,
  ends_at             timestamptz NOT NULL,
  time_zone           text NOT NULL,
  minimum_payout      numeric(18,6) NOT NULL,
  settled_deployments bigint NOT NULL,
  settled_gross       numeric(30,6) NOT NULL,
  statements          integer NOT NULL,
  previous_month      text COLLATE "C",
  previous_digest     text,
  digest              text NOT NULL,
  closed_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT closings_pkey PRIMARY KEY (month),
  CONSTRAINT closings_run_key UNIQUE (run),
  CONSTRAINT closings_digest_key UNIQUE (month, digest),
  CONSTRAINT closings_previous_key UNIQUE (previous_month),
  CONSTRAINT closings_previous_fkey
    FOREIGN KEY (previous_month, previous_digest) REFERENCES closings (month, digest),
  CONSTRAINT closings_previous_whole CHECK ((previous_month IS NULL) = (previous_digest IS NULL)),
  CONSTRAINT closings_month_grammar CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  CONSTRAINT closings_ends_later CHECK (ends_at > starts_at),
  CONSTRAINT closings_not_negative CHECK (
    minimum_payout >= 0 AND minimum_payout < 'NaN' AND settled_deployments >= 0 AND statements >= 0
    AND settled_gross >= 0 AND settled_gross < 'NaN'),
  CONSTRAINT closings_digest_is_sha256 CHECK (digest ~ '^[0-9a-f]{64}$')
);

CREATE UNIQUE INDEX closings_one_is_first ON closings ((previous_month IS NULL)) WHERE previous_month IS NULL;
CREATE INDEX closings_by_start ON closings (starts_at);
