-- Marks changed rows of deployments of partners' modules from before the end of the last closed month, in the transaction
-- that changes them, for all code paths. Every writer has locked an account before, and a closing notes its run while no
-- writer runs; so these statements see the last run. Before the start of the first closed month nothing is stated.

-- A rebuild fills tables of its own schema; what it changes is marked by mark_rebuilt_deployments.

CREATE FUNCTION mark_closed_deployments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed record;
BEGIN
  IF TG_TABLE_SCHEMA = 'rebuild' THEN
    RETURN NULL;
  END IF;
  SELECT max(run) AS run, min(starts_at) AS since, max(ends_at) AS until INTO closed FROM closing_runs;
  IF closed.run IS NOT NULL THEN
    INSERT INTO statement_marks (run, deployment_id, user_id, created_at)
    SELECT closed.run, deployment_id, user_id, deployed_at FROM changed
     WHERE deployed_at < closed.until AND deployed_at >= closed.since AND partner_id IS NOT NULL
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER deployment_revenue_inserted_marks AFTER INSERT ON deployment_revenue
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_closed_deployments();
CREATE TRIGGER deployment_revenue_updated_marks AFTER UPDATE ON deployment_revenue
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_closed_deployments();
CREATE TRIGGER deployment_revenue_deleted_marks AFTER DELETE ON deployment_revenue
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_closed_deployments();
