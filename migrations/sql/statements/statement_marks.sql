-- Deployments of partners' modules, created before the end of a closed month or of one whose closing began, whose row in
-- the report changed since. `run` is the last run that began before the change. The closing of run r has seen everything
-- with a lower run; what is marked with r or a higher one is adjusted by the next closing.

CREATE TABLE statement_marks (
  run           integer NOT NULL,
  deployment_id text COLLATE "C" NOT NULL,
  user_id       text COLLATE "C" NOT NULL,
  created_at    timestamptz NOT NULL,
  CONSTRAINT statement_marks_pkey PRIMARY KEY (run, deployment_id),
  CONSTRAINT statement_marks_run_fkey FOREIGN KEY (run) REFERENCES closing_runs (run)
);
