-- Sums of deployment_revenue are kept ready (docs/decisions/0011-rollups-by-deltas.md). Statement triggers append what a
-- statement changed to revenue_deltas, in the transaction that changed it, whatever code path that was; a background
-- worker moves deltas into revenue_rollups. At any moment rollups + deltas = the rows, to the last digit.

-- revenue_deltas is a queue: written by every charge, read whole by every report, emptied about once a second. So it
-- has no index and no constraint to pay for, and is vacuumed early: its size is what a report pays. Sums are signed;
-- the quarter is the quarter-hour (UTC) of deployed_at.

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
