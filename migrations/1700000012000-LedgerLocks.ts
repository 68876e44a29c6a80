import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the ledger forbids other tables to change: a module's partner once it was deployed (history stays whose it
 * was), and the currency once credits were bought. As constraints of the database they hold against every writer,
 * and modules and variables need not know the ledger.
 */
export class LedgerLocks1700000012000 implements MigrationInterface {
  readonly name = 'LedgerLocks1700000012000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(PARTNER_IS_FROZEN);
    const [place] = (await queryRunner.query('SELECT quote_ident(current_schema()) AS schema')) as {
      schema: string;
    }[];
    await queryRunner.query(currencyIsFrozen(place?.schema ?? 'public'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER modules_partner_is_frozen ON modules;
      DROP FUNCTION refuse_partner_change();
      DROP TRIGGER variables_currency_is_frozen ON variables;
      DROP FUNCTION refuse_currency_change();
    `);
  }
}

/**
 * No race with a deployment in flight: UNIQUE (id, partner_id) on modules makes this update wait for the foreign-key
 * check of that deployment, and the query below then sees its row.
 */
const PARTNER_IS_FROZEN = `
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
`;

/**
 * The lock waits for purchases in flight and keeps new ones out until the change is committed; it needs more than the
 * service's role may do, so the function runs with its owner's rights.
 */
const currencyIsFrozen = (schema: string): string => `
  CREATE FUNCTION refuse_currency_change() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
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
  CREATE TRIGGER variables_currency_is_frozen BEFORE UPDATE ON variables
    FOR EACH ROW WHEN (NEW.key = 'currency' AND NEW.value <> OLD.value)
    EXECUTE FUNCTION refuse_currency_change();
`;
