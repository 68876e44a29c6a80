-- Answers to requests with an `Idempotency-Key`. A repeated request gets the same answer for 24 hours.

CREATE TABLE idempotency_records (
  caller_id   text COLLATE "C" NOT NULL,
  key         text COLLATE "C" NOT NULL,
  fingerprint bytea NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  status      smallint NOT NULL,
  headers     jsonb NOT NULL,
  body        text NOT NULL,
  person_id   text COLLATE "C",
  CONSTRAINT idempotency_records_pkey PRIMARY KEY (caller_id, key),
  CONSTRAINT idempotency_records_key_length CHECK (char_length(key) BETWEEN 1 AND 255),
  CONSTRAINT idempotency_records_fingerprint_is_sha256 CHECK (octet_length(fingerprint) = 32),
  CONSTRAINT idempotency_records_only_good_answers CHECK (status BETWEEN 200 AND 299),
  CONSTRAINT idempotency_records_headers_are_named CHECK (jsonb_typeof(headers) = 'object')
);

-- For deleting expired answers, and the answers about a user who is anonymised.
CREATE INDEX idempotency_records_by_age ON idempotency_records (created_at);
CREATE INDEX idempotency_records_by_person ON idempotency_records (person_id) WHERE person_id IS NOT NULL;
