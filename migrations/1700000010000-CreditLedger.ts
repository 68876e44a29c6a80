import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger: one account row per user, which every writer of that user locks first, and the append-only entries. */
export class CreditLedger1700000010000 implements MigrationInterface {
  readonly name = 'CreditLedger1700000010000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(ACCOUNTS);
    await queryRunner.query(ACCOUNT_OF_EVERY_USER);
    await queryRunner.query(ENTRIES);
    await queryRunner.query(APPEND_ONLY);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE credit_entries;
      DROP FUNCTION refuse_ledger_change();
      DROP TRIGGER users_open_credit_accounts ON users;
      DROP FUNCTION open_credit_accounts();
      DROP TABLE credit_accounts;
    `);
  }
}

const ACCOUNTS = `
  CREATE TABLE credit_accounts (
    user_id           text COLLATE "C" NOT NULL,
    free_credits      numeric(30,6) NOT NULL DEFAULT 0,
    purchased_credits numeric(30,6) NOT NULL DEFAULT 0,
    unpaid_credits    numeric(30,6) NOT NULL DEFAULT 0,
    entries           bigint NOT NULL DEFAULT 0,
    folded_to_at      timestamptz,
    folded_to_type    text,
    folded_to_id      text COLLATE "C",
    CONSTRAINT credit_accounts_pkey PRIMARY KEY (user_id),
    CONSTRAINT credit_accounts_user_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT credit_accounts_not_negative
      CHECK (free_credits >= 0 AND purchased_credits >= 0 AND unpaid_credits >= 0 AND entries >= 0),
    CONSTRAINT credit_accounts_no_nan
      CHECK (free_credits < 'NaN' AND purchased_credits < 'NaN' AND unpaid_credits < 'NaN'),
    CONSTRAINT credit_accounts_folded_to_whole
      CHECK (num_nulls(folded_to_at, folded_to_type, folded_to_id) IN (0, 3)),
    CONSTRAINT credit_accounts_folded_to_type_known
      CHECK (folded_to_type IN ('award', 'purchase', 'deployment', 'spend', 'refund', 'purchaseRefund'))
  )
`;

/** Set-based, so that an import of many users pays for one statement. */
const ACCOUNT_OF_EVERY_USER = `
  INSERT INTO credit_accounts (user_id) SELECT id FROM users;
  CREATE FUNCTION open_credit_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO credit_accounts (user_id) SELECT id FROM new_users;
    RETURN NULL;
  END $$;
  CREATE TRIGGER users_open_credit_accounts AFTER INSERT ON users
    REFERENCING NEW TABLE AS new_users
    FOR EACH STATEMENT EXECUTE FUNCTION open_credit_accounts();
`;

/**
 * The bounds mirror the domain: up to 12 digits before the point (an amount that was worked out may have 14), years
 * 1 to 9999, and per type exactly the fields of docs/rules.md. NaN passes no upper bound.
 */
const ENTRIES = `
  CREATE TABLE credit_entries (
    sequence      bigint GENERATED ALWAYS AS IDENTITY,
    type          text NOT NULL,
    id            text COLLATE "C" NOT NULL,
    user_id       text COLLATE "C" NOT NULL,
    occurred_at   timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    credits       numeric(18,6),
    amount        numeric(24,6),
    expires_at    timestamptz,
    module_id     text COLLATE "C",
    pool          text,
    category      text,
    refunded_type text,
    refunded_id   text COLLATE "C",
    CONSTRAINT credit_entries_pkey PRIMARY KEY (sequence),
    CONSTRAINT credit_entries_id_unique UNIQUE (type, id),
    CONSTRAINT credit_entries_account_fkey FOREIGN KEY (user_id) REFERENCES credit_accounts (user_id),
    CONSTRAINT credit_entries_module_fkey FOREIGN KEY (module_id) REFERENCES modules (id),
    CONSTRAINT credit_entries_refunded_fkey
      FOREIGN KEY (refunded_type, refunded_id) REFERENCES credit_entries (type, id),
    CONSTRAINT credit_entries_type_known
      CHECK (type IN ('award', 'purchase', 'deployment', 'spend', 'refund', 'purchaseRefund')),
    CONSTRAINT credit_entries_id_grammar CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'),
    CONSTRAINT credit_entries_deployment_is_not_summary CHECK (type <> 'deployment' OR id <> 'summary'),
    CONSTRAINT credit_entries_credits_bounds CHECK (credits >= 0 AND credits < 1000000000000),
    CONSTRAINT credit_entries_amount_bounds CHECK (amount >= 0 AND amount <= 100000000000000),
    CONSTRAINT credit_entries_occurred_at_bounds
      CHECK (occurred_at >= '0001-01-01 00:00:00+00' AND occurred_at < '10000-01-01 00:00:00+00'),
    CONSTRAINT credit_entries_expires_at_bounds CHECK (expires_at > occurred_at AND expires_at < '10000-01-01 00:00:00+00'),
    CONSTRAINT credit_entries_fields_of_type CHECK (
      CASE type
        WHEN 'award' THEN credits > 0 AND num_nonnulls(amount, module_id, pool, category, refunded_id) = 0
        WHEN 'purchase' THEN
          credits > 0 AND amount IS NOT NULL AND num_nonnulls(module_id, pool, category, refunded_id) = 0
        WHEN 'deployment' THEN
          credits IS NOT NULL AND module_id IS NOT NULL AND pool IN ('any', 'purchased')
          AND num_nonnulls(amount, expires_at, category, refunded_id) = 0
        WHEN 'spend' THEN
          credits > 0 AND pool IN ('any', 'free', 'purchased') AND category IN ('project', 'build', 'adjustment')
          AND num_nonnulls(amount, expires_at, module_id, refunded_id) = 0
        WHEN 'refund' THEN
          (credits IS NULL OR credits > 0) AND refunded_type = 'deployment' AND refunded_id IS NOT NULL
          AND num_nonnulls(amount, expires_at, module_id, pool, category) = 0
        WHEN 'purchaseRefund' THEN
          (credits IS NULL OR credits > 0) AND refunded_type = 'purchase' AND refunded_id IS NOT NULL
          AND num_nonnulls(amount, expires_at, module_id, pool, category) = 0
      END),
    CONSTRAINT credit_entries_refunded_whole CHECK ((refunded_type IS NULL) = (refunded_id IS NULL))
  );
  CREATE INDEX credit_entries_by_user ON credit_entries (user_id, occurred_at);
`;

/** Not even the owner can change what was recorded without first taking the trigger away, which leaves a trace. */
const APPEND_ONLY = `
  CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % on % is refused. A correction is a new entry.', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'credit_entries_append_only';
  END $$;
  CREATE TRIGGER credit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
  -- Fires in replication sessions too, where ordinary triggers sleep.
  ALTER TABLE credit_entries ENABLE ALWAYS TRIGGER credit_entries_append_only;
`;
