-- Marks deployments of closed months whose rows a rebuild is about to change, because a rule was mended: those that differ
-- between the table in use and the fresh one.

-- only_users: compare only these; null: all users.

CREATE FUNCTION mark_rebuilt_deployments(stored regclass, fresh regclass, only_users text[]) RETURNS bigint
  LANGUAGE plpgsql AS $$
DECLARE
  closed record;
  marked bigint := 0;
BEGIN
  SELECT max(run) AS run, min(starts_at) AS since, max(ends_at) AS until INTO closed FROM closing_runs;
  IF closed.run IS NULL THEN
    RETURN 0;
  END IF;
  EXECUTE format($query$
    INSERT INTO statement_marks (run, deployment_id, user_id, created_at)
    SELECT $1, deployment_id, user_id, coalesce(fresh.deployed_at, stored.deployed_at)
      FROM (SELECT * FROM %1$s WHERE has_partner AND deployed_at >= $2 AND deployed_at < $3
               AND ($4 IS NULL OR user_id = ANY ($4))) AS stored
        FULL JOIN
           (SELECT * FROM %2$s WHERE has_partner AND deployed_at >= $2 AND deployed_at < $3
               AND ($4 IS NULL OR user_id = ANY ($4))) AS fresh USING (user_id, deployment_id)
     WHERE (stored.credit_cost, stored.free_credits, stored.purchased_credits, stored.unpaid_credits,
            stored.refunded_credits, stored.gross_revenue)
           IS DISTINCT FROM
           (fresh.credit_cost, fresh.free_credits, fresh.purchased_credits, fresh.unpaid_credits,
            fresh.refunded_credits, fresh.gross_revenue)
    ON CONFLICT DO NOTHING $query$, stored, fresh) USING closed.run, closed.since, closed.until, only_users;
  GET DIAGNOSTICS marked = ROW_COUNT;
  RETURN marked;
END $$;
