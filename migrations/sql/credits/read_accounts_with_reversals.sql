-- The function of read_accounts_for_update.sql, with reversals and the numbers of takings.

-- Locks the accounts of several users, and reads all that one more entry at the end of each history can touch, in one
-- round trip. Entry n belongs to user n; a user can have several entries. The function only reads; the rules are in
-- src/domain.

-- With is_patient it waits for locks of accounts, in the order of their ids, and of modules. Otherwise it skips rows
-- that another transaction has locked (they are missing in "lockedUserIds" and "modules") and waits at most one second
-- for any other lock, because several charges in one transaction must not wait for the account of one user.

-- It consists of several statements, so that it reads the rows that the previous owner of a lock has committed. Numbers
-- and instants are returned as text, because JSON would round them. The lock of the modules is the one that the
-- entries' foreign key needs anyway; with it, their partners cannot change.

-- A group of charges finds all rows by key, so one plan fits all groups. In a large database, PostgreSQL would
-- otherwise plan the statements for each group again, which takes 2 to 3 ms, while their execution takes 0.5 ms.

CREATE OR REPLACE FUNCTION read_accounts_for_update(
  wanted_user_ids text[], wanted_types text[], wanted_ids text[], wanted_module_ids text[],
  refunded_deployment_ids text[], is_patient boolean
) RETURNS json LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  locked_user_ids text[];
  locked_module_ids text[];
BEGIN
  IF is_patient THEN
    locked_user_ids := (
      SELECT array_agg(held.id) FROM (
        SELECT user_id AS id FROM credit_accounts WHERE user_id = ANY (wanted_user_ids)
        ORDER BY 1 FOR UPDATE) AS held);
    locked_module_ids := (
      SELECT array_agg(held.id) FROM (
        SELECT id FROM modules WHERE id = ANY (wanted_module_ids)
        ORDER BY 1 FOR KEY SHARE) AS held);
  ELSE
    PERFORM set_config('lock_timeout', '1s', true);
    locked_user_ids := (
      SELECT array_agg(held.id) FROM (
        SELECT user_id AS id FROM credit_accounts WHERE user_id = ANY (wanted_user_ids)
        ORDER BY 1 FOR UPDATE SKIP LOCKED) AS held);
    locked_module_ids := (
      SELECT array_agg(held.id) FROM (
        SELECT id FROM modules WHERE id = ANY (wanted_module_ids)
        ORDER BY 1 FOR KEY SHARE SKIP LOCKED) AS held);
  END IF;
  RETURN (
    WITH touched_spends AS (
      SELECT debt.user_id, debt.spend_type, debt.spend_id
      FROM credit_debts AS debt WHERE debt.user_id = ANY (locked_user_ids)
      UNION
      SELECT refund.user_id, 'deployment', refund.deployment_id
      FROM unnest(wanted_user_ids, refunded_deployment_ids) AS refund (user_id, deployment_id)
      WHERE refund.deployment_id IS NOT NULL
    ),
    allocations AS (
      SELECT allocation.* FROM touched_spends
      JOIN credit_allocations AS allocation USING (user_id, spend_type, spend_id)
    )
    SELECT json_build_object(
      'now', (extract(epoch FROM clock_timestamp()) * 1000000)::bigint::text,
      'lockedUserIds', COALESCE(locked_user_ids, '{}'),
      'accounts', (
        SELECT COALESCE(json_agg(json_build_object(
          'userId', account.user_id, 'entries', account.entries::text,
          'foldedToMicros', (extract(epoch FROM account.folded_to_at) * 1000000)::bigint::text,
          'foldedToType', account.folded_to_type,
          'foldedToId', account.folded_to_id)), '[]'::json)
        FROM credit_accounts AS account WHERE account.user_id = ANY (wanted_user_ids)),
      'lots', (
        SELECT COALESCE(json_agg(json_build_object(
          'userId', lot.user_id, 'pool', lot.pool, 'id', lot.id,
          'openedAtMicros', (extract(epoch FROM lot.opened_at) * 1000000)::bigint::text,
          'expiresAtMicros', (extract(epoch FROM lot.expires_at) * 1000000)::bigint::text,
          'acquiredCredits', lot.acquired_credits::text, 'acquiredValue', lot.acquired_value::text,
          'leftCredits', lot.left_credits::text, 'leftValue', lot.left_value::text,
          'paidCredits', lot.paid_credits::text, 'paidValue', lot.paid_value::text,
          'lapsedCredits', lot.lapsed_credits::text, 'lapsedValue', lot.lapsed_value::text,
          'refundedCredits', lot.refunded_credits::text, 'refundedValue', lot.refunded_value::text,
          'reversedCredits', lot.reversed_credits::text, 'reversedValue', lot.reversed_value::text,
          'takings', lot.takings)), '[]'::json)
        FROM credit_lots AS lot
        WHERE lot.user_id = ANY (locked_user_ids)
          AND (lot.left_credits > 0
            OR (lot.user_id, lot.pool, lot.id) IN (SELECT user_id, lot_pool, lot_id FROM allocations))),
      'spends', (
        SELECT COALESCE(json_agg(json_build_object(
          'userId', entry.user_id, 'type', entry.type, 'id', entry.id,
          'occurredAtMicros', (extract(epoch FROM entry.occurred_at) * 1000000)::bigint::text,
          'pool', entry.pool, 'cost', entry.credits::text,
          'unpaidCredits', COALESCE(debt.unpaid_credits, 0)::text,
          'refundedCredits', COALESCE(report.refunded_credits, 0)::text,
          'moduleId', entry.module_id, 'partnerId', report.partner_id)), '[]'::json)
        FROM touched_spends AS touched
          JOIN credit_entries AS entry
            ON entry.type = touched.spend_type AND entry.id = touched.spend_id AND entry.user_id = touched.user_id
          LEFT JOIN credit_debts AS debt
            ON debt.user_id = entry.user_id AND debt.spend_type = entry.type AND debt.spend_id = entry.id
          LEFT JOIN deployment_revenue AS report
            ON report.user_id = entry.user_id AND entry.type = 'deployment' AND report.deployment_id = entry.id),
      'allocations', (
        SELECT COALESCE(json_agg(json_build_object(
          'userId', user_id, 'spendType', spend_type, 'spendId', spend_id, 'lotPool', lot_pool, 'lotId', lot_id,
          'taking', taking, 'takenCredits', taken_credits::text, 'takenValue', taken_value::text,
          'credits', credits::text, 'value', value::text,
          'paidAtMicros', (extract(epoch FROM paid_at) * 1000000)::bigint::text) ORDER BY position), '[]'::json)
        FROM allocations),
      'knownModuleIds', (
        SELECT COALESCE(json_agg(id), '[]'::json) FROM modules WHERE id = ANY (wanted_module_ids)),
      'modules', (
        SELECT COALESCE(json_agg(json_build_object(
          'id', id, 'creditCost', credit_cost::text, 'partnerId', partner_id,
          'requiresPurchasedCredits', requires_purchased_credits, 'archived', archived)), '[]'::json)
        FROM modules WHERE id = ANY (locked_module_ids)),
      'recorded', (
        SELECT COALESCE(json_agg((SELECT json_object_agg(key, value) FROM jsonb_each_text(to_jsonb(entry)))), '[]'::json)
        FROM unnest(wanted_types, wanted_ids) AS wanted (type, id)
          JOIN credit_entries AS entry ON entry.type = wanted.type AND entry.id = wanted.id)
    )
  );
END $$;
