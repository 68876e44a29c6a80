-- Creates the triggers on a table that is to replace deployment_revenue. For the owner:
-- `attach_revenue_deltas('fresh_table')`. An upsert fires the first two triggers.

CREATE FUNCTION attach_revenue_deltas(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER deployment_revenue_inserted_deltas AFTER INSERT ON %s
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION append_inserted_revenue()', target);
  EXECUTE format('CREATE TRIGGER deployment_revenue_updated_deltas AFTER UPDATE ON %s
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION append_updated_revenue()', target);
  EXECUTE format('CREATE TRIGGER deployment_revenue_deleted_deltas AFTER DELETE ON %s
    REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION append_deleted_revenue()', target);
END $$;

SELECT attach_revenue_deltas('deployment_revenue');
