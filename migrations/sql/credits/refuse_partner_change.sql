-- The partner of a module cannot change after its first deployment, so that past revenue stays with its partner. The
-- database enforces this for every writer, so the feature `modules` does not depend on the ledger.

-- There is no race with a deployment that is being recorded: because of UNIQUE (id, partner_id) on modules, this update
-- waits for the foreign-key check of that deployment, and the query below then finds its row.

CREATE FUNCTION refuse_partner_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM deployment_revenue WHERE module_id = OLD.id) THEN
    RAISE EXCEPTION 'Module % has deployments, so its partner cannot change.', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'modules_partner_is_frozen';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER modules_partner_is_frozen BEFORE UPDATE OF partner_id ON modules
  FOR EACH ROW WHEN (OLD.partner_id IS DISTINCT FROM NEW.partner_id)
  EXECUTE FUNCTION refuse_partner_change();
