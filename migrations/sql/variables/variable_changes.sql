-- The history of the variables.

CREATE TABLE variable_changes (
  sequence bigint GENERATED ALWAYS AS IDENTITY,
  key text COLLATE "C" NOT NULL,
  changed_at timestamptz NOT NULL,
  changed_by text COLLATE "C" NOT NULL,
  from_value text NOT NULL,
  to_value text NOT NULL,
  CONSTRAINT variable_changes_pkey PRIMARY KEY (sequence),
  CONSTRAINT variable_changes_key_fkey FOREIGN KEY (key) REFERENCES variables (key)
);

CREATE INDEX variable_changes_key_sequence_idx ON variable_changes (key, sequence);
