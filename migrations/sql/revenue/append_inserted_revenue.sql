-- Appends the changes that a statement made to the sums, except if they are all 0. `date_bin` counts quarter-hours from
-- the start of one, in UTC. The function runs with the privileges of the writer; the service's role can append deltas.

CREATE FUNCTION append_inserted_revenue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO revenue_deltas (module_id, partner_id, quarter, generating, deployments, credit_cost, free_credits,
                              purchased_credits, unpaid_credits, refunded_credits, gross_revenue, shared_gross)
  SELECT module_id, partner_id, date_bin('15 minutes', deployed_at, '2000-01-01T00:00:00Z'), generating,
         sum(deployments), sum(credit_cost), sum(free_credits), sum(purchased_credits), sum(unpaid_credits),
         sum(refunded_credits), sum(gross_revenue), sum(shared_gross)
    FROM (
      SELECT module_id, partner_id, deployed_at, generating, +1 AS deployments,
             +credit_cost AS credit_cost, +free_credits AS free_credits,
             +purchased_credits AS purchased_credits, +unpaid_credits AS unpaid_credits,
             +refunded_credits AS refunded_credits, +gross_revenue AS gross_revenue,
             +shared_gross AS shared_gross
        FROM inserted
    ) AS signed
   GROUP BY 1, 2, 3, 4
  HAVING sum(deployments) <> 0 OR sum(credit_cost) <> 0 OR sum(free_credits) <> 0 OR sum(purchased_credits) <> 0
      OR sum(unpaid_credits) <> 0 OR sum(refunded_credits) <> 0 OR sum(gross_revenue) <> 0 OR sum(shared_gross) <> 0;
  RETURN NULL;
END $$;
