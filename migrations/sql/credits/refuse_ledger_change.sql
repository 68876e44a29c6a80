-- Even the owner must first drop or disable this trigger to change recorded entries, and that leaves a trace.

CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The ledger is append-only: % on % is refused. A correction is a new entry.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'credit_entries_append_only';
END $$;

CREATE TRIGGER credit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

-- Fires in replication sessions too, in which ordinary triggers are disabled.
ALTER TABLE credit_entries ENABLE ALWAYS TRIGGER credit_entries_append_only;
