-- The currency cannot change once credits were bought.

-- The lock waits for running transactions with purchases and blocks new ones until the change is committed. The
-- service's role does not have the privilege for it, so the function runs with its owner's privileges, and finds tables
-- only in its own schema.

CREATE FUNCTION refuse_currency_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  -- Looked at before the lock as well: a change that cannot be must not make writers wait for it.
  IF NOT EXISTS (SELECT FROM credit_entries WHERE type = 'purchase') THEN
    LOCK TABLE credit_entries IN SHARE ROW EXCLUSIVE MODE;
  END IF;
  IF EXISTS (SELECT FROM credit_entries WHERE type = 'purchase') THEN
    RAISE EXCEPTION 'Credits were bought in the present currency, so it cannot change.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'variables_currency_is_frozen';
  END IF;
  RETURN NEW;
END $$;

DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION refuse_currency_change() SET search_path = %I, pg_temp', current_schema());
END $$;

CREATE TRIGGER variables_currency_is_frozen BEFORE UPDATE ON variables
  FOR EACH ROW WHEN (NEW.key = 'currency' AND NEW.value <> OLD.value)
  EXECUTE FUNCTION refuse_currency_change();
