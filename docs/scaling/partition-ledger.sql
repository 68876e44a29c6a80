-- Partitions the ledger by a hash of the user, as the role that owns the tables, while no process of the service runs.
-- Afterwards start the service: it gives its own role the privileges on the new table. See docs/scaling.md.
BEGIN;
LOCK TABLE credit_entries IN ACCESS EXCLUSIVE MODE;

-- The old table steps aside; the names of its constraints and indexes become free.
ALTER TABLE credit_entries RENAME TO credit_entries_whole;
ALTER TABLE credit_entries_whole RENAME CONSTRAINT credit_entries_pkey TO credit_entries_whole_pkey;
ALTER TABLE credit_entries_whole RENAME CONSTRAINT credit_entries_id_unique TO credit_entries_whole_id_unique;
ALTER INDEX credit_entries_by_user RENAME TO credit_entries_whole_by_user;

CREATE TABLE credit_entries
  (LIKE credit_entries_whole INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING CONSTRAINTS)
  PARTITION BY HASH (user_id);
DO $$
BEGIN
  FOR part IN 0..15 LOOP
    EXECUTE format('CREATE TABLE credit_entries_%s PARTITION OF credit_entries
                      FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, part);
  END LOOP;
END $$;
INSERT INTO credit_entries OVERRIDING SYSTEM VALUE SELECT * FROM credit_entries_whole;
SELECT setval(pg_get_serial_sequence('credit_entries', 'sequence'), coalesce(max(sequence), 0) + 1, false)
  FROM credit_entries;

-- A key of a partitioned table has to hold the column that it is partitioned by. What a refund names is of the same user.
ALTER TABLE credit_entries
  ADD CONSTRAINT credit_entries_pkey PRIMARY KEY (user_id, sequence),
  ADD CONSTRAINT credit_entries_id_unique UNIQUE (type, id, user_id);
CREATE INDEX credit_entries_by_user ON credit_entries (user_id, occurred_at);
ALTER TABLE credit_entries
  ADD CONSTRAINT credit_entries_account_fkey FOREIGN KEY (user_id) REFERENCES credit_accounts (user_id),
  ADD CONSTRAINT credit_entries_module_fkey FOREIGN KEY (module_id) REFERENCES modules (id),
  ADD CONSTRAINT credit_entries_refunded_fkey
    FOREIGN KEY (refunded_type, refunded_id, user_id) REFERENCES credit_entries (type, id, user_id);

-- So that an id is of one user only, all ids stand in a table of their own, partitioned by themselves. The trigger is one of
-- rows: every partition has it, whether a row comes by the parent or not.
CREATE TABLE credit_entry_ids (
  type text NOT NULL,
  id   text COLLATE "C" NOT NULL,
  CONSTRAINT credit_entry_ids_pkey PRIMARY KEY (type, id)
) PARTITION BY HASH (id);
DO $$
BEGIN
  FOR part IN 0..15 LOOP
    EXECUTE format('CREATE TABLE credit_entry_ids_%s PARTITION OF credit_entry_ids
                      FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, part);
  END LOOP;
END $$;
INSERT INTO credit_entry_ids SELECT type, id FROM credit_entries;
DO $$
BEGIN
  -- With its owner's rights: the service's role needs none on the ids.
  EXECUTE format($function$
    CREATE FUNCTION register_entry_id() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = %I, pg_temp AS $body$
    BEGIN
      INSERT INTO credit_entry_ids VALUES (NEW.type, NEW.id);
      RETURN NULL;
    END $body$ $function$, current_schema());
END $$;
CREATE TRIGGER credit_entries_register_id AFTER INSERT ON credit_entries
  FOR EACH ROW EXECUTE FUNCTION register_entry_id();
ALTER TABLE credit_entries ENABLE ALWAYS TRIGGER credit_entries_register_id;

-- What refuses changes. A trigger of statements fires only on the table that the statement names, so those of UPDATE and DELETE
-- are triggers of rows, which every partition has; TRUNCATE has no rows, so every partition gets its own.
DO $$
DECLARE
  ledger text;
  part   int;
BEGIN
  FOREACH ledger IN ARRAY ARRAY['credit_entries', 'credit_entry_ids'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I
                      FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()', ledger || '_append_only', ledger);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', ledger, ledger || '_append_only');
    FOR part IN -1..15 LOOP
      EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()',
                     ledger || '_never_emptied', ledger || CASE part WHEN -1 THEN '' ELSE '_' || part END);
      EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I',
                     ledger || CASE part WHEN -1 THEN '' ELSE '_' || part END, ledger || '_never_emptied');
    END LOOP;
  END LOOP;
END $$;

DROP TABLE credit_entries_whole;
COMMIT;
ANALYZE credit_entries, credit_entry_ids;
