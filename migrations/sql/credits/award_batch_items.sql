-- The users of a batch, with the outcomes of their awards. n counts the users from 1, in the bytewise order of their
-- ids; the id of the award is `{batch}:{n}`.

CREATE TABLE award_batch_items (
  batch_id text COLLATE "C" NOT NULL,
  n        integer NOT NULL,
  user_id  text COLLATE "C" NOT NULL,
  outcome  text,
  code     text,
  reason   text,
  CONSTRAINT award_batch_items_pkey PRIMARY KEY (batch_id, n),
  CONSTRAINT award_batch_items_batch_fkey FOREIGN KEY (batch_id) REFERENCES award_batches (id),
  CONSTRAINT award_batch_items_n_counts_from_one CHECK (n >= 1),
  CONSTRAINT award_batch_items_outcome_known CHECK (outcome IN ('done', 'refused')),
  CONSTRAINT award_batch_items_refused_with_reason
    CHECK ((outcome IS NOT DISTINCT FROM 'refused') = (code IS NOT NULL AND reason IS NOT NULL))
);

CREATE INDEX award_batch_items_waiting ON award_batch_items (batch_id, n) WHERE outcome IS NULL;
CREATE INDEX award_batch_items_refused ON award_batch_items (batch_id, n) WHERE outcome = 'refused';
