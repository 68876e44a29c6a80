-- Sums of deployment_revenue are stored (docs/decisions/0011-rollups-by-deltas.md). Statement triggers append the
-- change of each statement to revenue_deltas, in the same transaction, for all code paths. A background worker moves
-- deltas to revenue_rollups. At any time, rollups + deltas equal the sums of the rows exactly.

-- revenue_deltas is a queue: every charge writes to it, every report reads all of it, and it is emptied about once a
-- second. It has no indexes and constraints, which would slow charges down, and is vacuumed early, because each report
-- reads the whole table. Sums are signed; the quarter is the quarter-hour (UTC) of deployed_at.

CREATE TABLE revenue_deltas (
  module_id         text COLLATE "C" NOT NULL,
  partner_id        text COLLATE "C",
  quarter           timestamptz NOT NULL,
  generating        boolean NOT NULL,
  deployments       bigint NOT NULL,
  credit_cost       numeric NOT NULL,
  free_credits      numeric NOT NULL,
  purchased_credits numeric NOT NULL,
  unpaid_credits    numeric NOT NULL,
  refunded_credits  numeric NOT NULL,
  gross_revenue     numeric NOT NULL,
  shared_gross      numeric NOT NULL
) WITH (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0,
        autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_cost_delay = 0,
        autovacuum_analyze_threshold = 1000000);
