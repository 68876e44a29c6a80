import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Locks a user's account and reads what recording one entry at the end of its history can touch, in one round trip.
 * It only reads: the rules live in src/domain. Two statements inside one function, because the second must see what
 * the transaction that held the lock has committed; numbers and instants leave as text, as JSON would round them. The
 * module's key lock is the one that the entry's foreign key takes anyway: from now on its partner cannot change.
 */
export class AccountState1700000040000 implements MigrationInterface {
  readonly name = 'AccountState1700000040000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(READ_ACCOUNT_FOR_UPDATE);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION read_account_for_update(text, text, text, text, text)');
  }
}

const READ_ACCOUNT_FOR_UPDATE = `
  CREATE FUNCTION read_account_for_update(
    wanted_user_id text, wanted_type text, wanted_id text, wanted_module_id text, refunded_deployment_id text
  ) RETURNS json LANGUAGE plpgsql VOLATILE AS $$
  DECLARE
    account credit_accounts;
  BEGIN
    SELECT * INTO account FROM credit_accounts WHERE user_id = wanted_user_id FOR UPDATE;
    RETURN (
      WITH touched_spends AS (
        SELECT debt.spend_type, debt.spend_id FROM credit_debts AS debt WHERE debt.user_id = wanted_user_id
        UNION
        SELECT 'deployment', refunded_deployment_id WHERE refunded_deployment_id IS NOT NULL
      ),
      pieces AS (
        SELECT allocation.* FROM credit_allocations AS allocation
        JOIN touched_spends USING (spend_type, spend_id)
        WHERE allocation.user_id = wanted_user_id
      )
      SELECT json_build_object(
        'now', (extract(epoch FROM clock_timestamp()) * 1000000)::bigint::text,
        'account', CASE WHEN account.user_id IS NOT NULL THEN json_build_object(
          'entries', account.entries::text,
          'foldedToMicros', (extract(epoch FROM account.folded_to_at) * 1000000)::bigint::text,
          'foldedToType', account.folded_to_type,
          'foldedToId', account.folded_to_id) END,
        'lots', (
          SELECT COALESCE(json_agg(json_build_object(
            'pool', lot.pool, 'id', lot.id,
            'openedAtMicros', (extract(epoch FROM lot.opened_at) * 1000000)::bigint::text,
            'expiresAtMicros', (extract(epoch FROM lot.expires_at) * 1000000)::bigint::text,
            'acquiredCredits', lot.acquired_credits::text, 'acquiredValue', lot.acquired_value::text,
            'leftCredits', lot.left_credits::text, 'leftValue', lot.left_value::text,
            'paidCredits', lot.paid_credits::text, 'paidValue', lot.paid_value::text,
            'lapsedCredits', lot.lapsed_credits::text, 'lapsedValue', lot.lapsed_value::text,
            'refundedCredits', lot.refunded_credits::text, 'refundedValue', lot.refunded_value::text)), '[]'::json)
          FROM credit_lots AS lot
          WHERE lot.user_id = wanted_user_id
            AND (lot.left_credits > 0 OR (lot.pool, lot.id) IN (SELECT lot_pool, lot_id FROM pieces))),
        'spends', (
          SELECT COALESCE(json_agg(json_build_object(
            'type', entry.type, 'id', entry.id,
            'occurredAtMicros', (extract(epoch FROM entry.occurred_at) * 1000000)::bigint::text,
            'pool', entry.pool, 'cost', entry.credits::text,
            'unpaidCredits', COALESCE(debt.unpaid_credits, 0)::text,
            'refundedCredits', COALESCE(report.refunded_credits, 0)::text,
            'moduleId', entry.module_id, 'partnerId', report.partner_id)), '[]'::json)
          FROM touched_spends
            JOIN credit_entries AS entry ON entry.type = spend_type AND entry.id = spend_id
            LEFT JOIN credit_debts AS debt
              ON debt.user_id = wanted_user_id AND debt.spend_type = entry.type AND debt.spend_id = entry.id
            LEFT JOIN deployment_revenue AS report
              ON report.user_id = wanted_user_id AND entry.type = 'deployment' AND report.deployment_id = entry.id
          WHERE entry.user_id = wanted_user_id),
        'pieces', (
          SELECT COALESCE(json_agg(json_build_object(
            'spendType', spend_type, 'spendId', spend_id, 'lotPool', lot_pool, 'lotId', lot_id,
            'takenCredits', taken_credits::text, 'takenValue', taken_value::text,
            'credits', credits::text, 'value', value::text,
            'paidAtMicros', (extract(epoch FROM paid_at) * 1000000)::bigint::text) ORDER BY piece), '[]'::json)
          FROM pieces),
        'module', (
          SELECT json_build_object(
            'creditCost', credit_cost::text, 'partnerId', partner_id,
            'requiresPurchasedCredits', requires_purchased_credits, 'archived', archived)
          FROM modules WHERE id = wanted_module_id FOR KEY SHARE),
        'recorded', (
          SELECT json_build_object(
            'type', entry.type, 'id', entry.id, 'userId', entry.user_id,
            'occurredAtMicros', (extract(epoch FROM entry.occurred_at) * 1000000)::bigint::text,
            'credits', entry.credits::text, 'amount', entry.amount::text,
            'expiresAtMicros', (extract(epoch FROM entry.expires_at) * 1000000)::bigint::text,
            'moduleId', entry.module_id, 'pool', entry.pool, 'category', entry.category,
            'refundedId', entry.refunded_id)
          FROM credit_entries AS entry WHERE entry.type = wanted_type AND entry.id = wanted_id)
      )
    );
  END $$
`;
