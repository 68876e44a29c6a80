-- The lines of statements: revenue lines, one for each deployment of the month with gross revenue, and adjustment lines,
-- one for each deployment of an earlier closed month whose gross is no longer what was stated. gross_revenue is what the
-- line states; revenue is the partner's share of it, or of its difference to stated_gross. corrects_no is the partner's
-- statement of the deployment's month.

-- One table without partitions: both indexes begin with values that grow with the closings, so a closing costs the same
-- however many months are closed. There is no foreign key to statements, whose rows are written last, with digests over
-- the lines; `verify` compares both.

CREATE TABLE statement_lines (
  statement_no      bigint NOT NULL,
  is_adjustment     boolean NOT NULL,
  created_at        timestamptz NOT NULL,
  deployment_id     text COLLATE "C" NOT NULL,
  module_id         text COLLATE "C" NOT NULL,
  module_name       text NOT NULL,
  credit_cost       numeric(18,6),
  free_credits      numeric(18,6),
  purchased_credits numeric(18,6),
  unpaid_credits    numeric(18,6),
  refunded_credits  numeric(18,6),
  stated_gross      numeric(24,6),
  gross_revenue     numeric(24,6) NOT NULL,
  share             numeric(7,4) NOT NULL,
  revenue           numeric(36,12) NOT NULL,
  corrects_no       bigint,
  CONSTRAINT statement_lines_pkey PRIMARY KEY (statement_no, is_adjustment, created_at, deployment_id),
  CONSTRAINT statement_lines_fields_of_kind CHECK (
    CASE WHEN is_adjustment
      THEN num_nonnulls(credit_cost, free_credits, purchased_credits, unpaid_credits, refunded_credits) = 0
        AND stated_gross >= 0 AND stated_gross <> gross_revenue
        AND revenue = (gross_revenue - stated_gross) * share * 0.01
      ELSE stated_gross IS NULL AND corrects_no IS NULL AND gross_revenue > 0
        AND credit_cost = free_credits + purchased_credits + unpaid_credits + refunded_credits
        AND revenue = gross_revenue * share * 0.01
    END),
  CONSTRAINT statement_lines_bounds CHECK (
    gross_revenue >= 0 AND gross_revenue < 'NaN' AND share BETWEEN 0 AND 100)
);

CREATE INDEX statement_lines_by_deployment ON statement_lines (created_at, deployment_id, statement_no);
