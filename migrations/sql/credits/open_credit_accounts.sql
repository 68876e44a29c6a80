-- Creates the accounts of new users, in one statement for all users of an import's batch.

CREATE FUNCTION open_credit_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO credit_accounts (user_id) SELECT id FROM new_users;
  RETURN NULL;
END $$;

CREATE TRIGGER users_open_credit_accounts AFTER INSERT ON users
  REFERENCING NEW TABLE AS new_users
  FOR EACH STATEMENT EXECUTE FUNCTION open_credit_accounts();
