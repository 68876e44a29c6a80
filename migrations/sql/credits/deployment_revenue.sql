-- The report's row of each deployment (projection). Invariant 1 of docs/rules.md as a constraint: cost = free +
-- purchased + unpaid + refunded. partner_id is copied from the module; it cannot change once the module has
-- deployments. shared_gross is the gross revenue in which a partner shares: 0 for modules of the platform. All reports
-- filter by generating and has_partner, so they are columns that can come first in an index. A deployment's id is
-- unique in the ledger, so the key can begin with the user, by whom rows are replaced.

CREATE TABLE deployment_revenue (
  user_id           text COLLATE "C" NOT NULL,
  deployment_id     text COLLATE "C" NOT NULL,
  module_id         text COLLATE "C" NOT NULL,
  partner_id        text COLLATE "C",
  deployed_at       timestamptz NOT NULL,
  credit_cost       numeric(18,6) NOT NULL,
  free_credits      numeric(18,6) NOT NULL,
  purchased_credits numeric(18,6) NOT NULL,
  unpaid_credits    numeric(18,6) NOT NULL,
  refunded_credits  numeric(18,6) NOT NULL,
  gross_revenue     numeric(24,6) NOT NULL,
  shared_gross      numeric(24,6) NOT NULL,
  generating        boolean NOT NULL GENERATED ALWAYS AS (gross_revenue > 0) STORED,
  has_partner       boolean NOT NULL GENERATED ALWAYS AS (partner_id IS NOT NULL) STORED,
  CONSTRAINT deployment_revenue_pkey PRIMARY KEY (user_id, deployment_id),
  CONSTRAINT deployment_revenue_credits_conserved CHECK (
    credit_cost = free_credits + purchased_credits + unpaid_credits + refunded_credits
    AND free_credits >= 0 AND purchased_credits >= 0 AND unpaid_credits >= 0 AND refunded_credits >= 0
    AND credit_cost < 'NaN'),
  CONSTRAINT deployment_revenue_gross_bounds CHECK (gross_revenue >= 0 AND gross_revenue < 'NaN'),
  CONSTRAINT deployment_revenue_shared_gross_follows
    CHECK (shared_gross = CASE WHEN partner_id IS NULL THEN 0 ELSE gross_revenue END)
);

-- Indexes in the order of the report's pages. Pages, and rows at the boundaries of a time range, are read by index-only
-- scans. Each charge writes the indexes, so there are only three. Without the included figures in the last one,
-- PostgreSQL 18 can choose a skip scan through another covering index and filter by module; its cost would grow with
-- the number of all rows.
CREATE INDEX deployment_revenue_by_partner
  ON deployment_revenue (partner_id, generating, deployed_at, deployment_id)
  INCLUDE (user_id, module_id, credit_cost, free_credits, purchased_credits, unpaid_credits, refunded_credits,
           gross_revenue, shared_gross);
CREATE INDEX deployment_revenue_by_owner
  ON deployment_revenue (has_partner, generating, deployed_at, deployment_id)
  INCLUDE (partner_id, user_id, module_id, credit_cost, free_credits, purchased_credits, unpaid_credits,
           refunded_credits, gross_revenue, shared_gross);
CREATE INDEX deployment_revenue_by_module
  ON deployment_revenue (module_id, generating, deployed_at, deployment_id)
  INCLUDE (partner_id, user_id, credit_cost, free_credits, purchased_credits, unpaid_credits, refunded_credits,
           gross_revenue, shared_gross);
