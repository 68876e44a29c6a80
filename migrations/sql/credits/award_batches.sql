-- Requests for one award to many users. accepted_as contains the caller's ids as user and as partner, for the check of
-- own interest. The reason is copied to the free texts of the awards, and set to null when the batch is finished.

CREATE TABLE award_batches (
  sequence     bigint GENERATED ALWAYS AS IDENTITY,
  id           text COLLATE "C" NOT NULL,
  accepted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  accepted_as  text[] COLLATE "C" NOT NULL,
  is_for_all   boolean NOT NULL,
  credits      numeric(18,6) NOT NULL,
  occurred_at  timestamptz NOT NULL,
  expires_at   timestamptz,
  reason       text,
  total        integer NOT NULL DEFAULT 0,
  finished_at  timestamptz,
  CONSTRAINT award_batches_pkey PRIMARY KEY (id),
  CONSTRAINT award_batches_id_grammar CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,99}$'),
  CONSTRAINT award_batches_credits_bounds CHECK (credits > 0 AND credits < 1000000000000),
  CONSTRAINT award_batches_expires_later CHECK (expires_at > occurred_at),
  CONSTRAINT award_batches_reason_length CHECK (char_length(reason) BETWEEN 1 AND 1000),
  CONSTRAINT award_batches_reason_is_passed_on CHECK (finished_at IS NULL OR reason IS NULL),
  CONSTRAINT award_batches_total_not_negative CHECK (total >= 0)
);

CREATE INDEX award_batches_unfinished ON award_batches (sequence) WHERE finished_at IS NULL;
