-- The partner of a module cannot change once it was deployed: history stays whose it was. As a constraint of the
-- database this holds against every writer, and modules need not know the ledger.

-- No race with a deployment in flight: UNIQUE (id, partner_id) on modules makes this update wait for the foreign-key
-- check of that deployment, and the query below then sees its row.

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
