-- The audit: caller, action, time and request. It is append-only, like the ledger, and contains ids but no personal
-- data.

CREATE TABLE audit_events (
  sequence    bigint GENERATED ALWAYS AS IDENTITY,
  occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_id    text COLLATE "C",
  actor_roles text[] NOT NULL,
  action      text COLLATE "C" NOT NULL,
  target_type text COLLATE "C",
  target_id   text COLLATE "C",
  request_id  text COLLATE "C" NOT NULL,
  outcome     text COLLATE "C" NOT NULL,
  details     jsonb NOT NULL,
  CONSTRAINT audit_events_pkey PRIMARY KEY (occurred_at, sequence),
  CONSTRAINT audit_events_outcome_known CHECK (outcome IN ('done', 'known', 'refused')),
  CONSTRAINT audit_events_action_length CHECK (char_length(action) BETWEEN 1 AND 100),
  CONSTRAINT audit_events_target_id_grammar CHECK (target_id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'),
  CONSTRAINT audit_events_request_id_length CHECK (char_length(request_id) BETWEEN 1 AND 128),
  CONSTRAINT audit_events_details_small
    CHECK (jsonb_typeof(details) = 'object' AND octet_length(details::text) <= 4096)
);

-- The primary key has the order in which events are shown, so a time range needs no index of its own. Nearly all events
-- are charges, which are found by time. The partial indexes find rare events and do not slow charges down.
CREATE INDEX audit_events_by_actor ON audit_events (actor_id, occurred_at, sequence);
CREATE INDEX audit_events_by_target ON audit_events (target_id, occurred_at, sequence) WHERE target_id IS NOT NULL;
CREATE INDEX audit_events_by_action ON audit_events (action, occurred_at, sequence)
  WHERE action <> 'deployments.create';
CREATE INDEX audit_events_refused ON audit_events (occurred_at, sequence) WHERE outcome = 'refused';
