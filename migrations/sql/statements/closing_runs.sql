-- "The closing of a month began." The row is committed while no writer runs: `sequence` is the highest of the ledger at
-- that time. From the row on, triggers mark changes of what was created before `ends_at` (mark_closed_deployments.sql). A
-- closing that breaks off leaves only this row; run again, it writes another one. The zone and the edges are those that
-- the closing used.

CREATE TABLE closing_runs (
  run       integer GENERATED ALWAYS AS IDENTITY,
  month     text COLLATE "C" NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at   timestamptz NOT NULL,
  time_zone text NOT NULL,
  sequence  bigint NOT NULL,
  began_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT closing_runs_pkey PRIMARY KEY (run),
  CONSTRAINT closing_runs_month_grammar CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  CONSTRAINT closing_runs_ends_later CHECK (ends_at > starts_at),
  CONSTRAINT closing_runs_sequence_not_negative CHECK (sequence >= 0)
);

CREATE INDEX closing_runs_by_end ON closing_runs (ends_at);
CREATE INDEX closing_runs_by_start ON closing_runs (starts_at);
