-- The key of deployment_revenue begins with the user. With the figures in it, the rows of a customer are one range that
-- index-only scans read: the report of a customer costs its rows, and needs no further index that charges would write.

ALTER TABLE deployment_revenue
  DROP CONSTRAINT deployment_revenue_pkey,
  ADD CONSTRAINT deployment_revenue_pkey PRIMARY KEY (user_id, deployment_id)
    INCLUDE (deployed_at, module_id, partner_id, credit_cost, free_credits, purchased_credits, unpaid_credits,
             refunded_credits, gross_revenue, shared_gross);
