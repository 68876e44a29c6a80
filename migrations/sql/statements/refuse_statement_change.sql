-- What was stated, paid or marked cannot change. Even the owner must first drop or disable these triggers, and that leaves
-- a trace.

CREATE FUNCTION refuse_statement_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Closed months are append-only: % on % is refused. A correction is an adjustment of a later month.',
    TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;

DO $$
DECLARE
  protected text;
BEGIN
  FOREACH protected IN ARRAY ARRAY['closing_runs', 'closings', 'statements', 'statement_lines', 'statement_causes',
                                   'payments', 'statement_marks'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_statement_change()', protected || '_append_only', protected);
    -- Fires in replication sessions too, in which ordinary triggers are disabled.
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', protected, protected || '_append_only');
  END LOOP;
END $$;
