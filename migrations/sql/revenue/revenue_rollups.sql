-- One row for each scope (a kind of owner: 'partner' or 'platform'; a partner; a module), time level (UTC), and
-- deployments with or without revenue. The key includes the sums, for index-only scans. Sums are signed, because a
-- negative delta can come before the positive one. Rows of zeros are deleted.

CREATE TABLE revenue_rollups (
  scope             text NOT NULL,
  scope_id          text COLLATE "C" NOT NULL,
  level             text NOT NULL,
  generating        boolean NOT NULL,
  starts_at         timestamptz NOT NULL,
  deployments       bigint NOT NULL,
  credit_cost       numeric NOT NULL,
  free_credits      numeric NOT NULL,
  purchased_credits numeric NOT NULL,
  unpaid_credits    numeric NOT NULL,
  refunded_credits  numeric NOT NULL,
  gross_revenue     numeric NOT NULL,
  shared_gross      numeric NOT NULL,
  CONSTRAINT revenue_rollups_pkey PRIMARY KEY (scope, scope_id, level, generating, starts_at)
    INCLUDE (deployments, credit_cost, free_credits, purchased_credits, unpaid_credits, refunded_credits,
             gross_revenue, shared_gross),
  CONSTRAINT revenue_rollups_level_of_scope CHECK (
    scope = 'owner' AND level IN ('quarter', 'day', 'month')
    OR scope = 'partner' AND level IN ('hour', 'day', 'month')
    OR scope = 'module' AND level IN ('day', 'month'))
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

CREATE INDEX revenue_rollups_emptied ON revenue_rollups (scope) WHERE deployments = 0;
