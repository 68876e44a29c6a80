import type { SignalKind } from './signal-kinds.js';

/** One customer's part of a partner's gross revenue of a month; above it is a signal. */
const LARGE_SHARE = 0.5;
/** So many deployments of a module by one customer, and at least half of them, were refunded. */
const CIRCLES_MIN = 3;
/** A cost above this multiple of the customer's previous deployment of the module is a signal. */
const COST_MULTIPLE = 2;
/** Deployments that a signal names. */
const ROWS_NAMED = 20;

/** The month's deployments of partners' modules: an index has them in the order of their times. */
const MONTH = 'has_partner AND generating IN (true, false) AND deployed_at >= $1 AND deployed_at < $2';

/** Counts the rows of a statement before its limit. */
const COUNT = 'count(*) OVER () AS count';

function domainOf(column: string): string {
  return `lower(substring(${column} FROM '@([^@]+)$'))`;
}

function named(column: string, order: string): string {
  return `(array_agg(${column} ORDER BY ${order}))[1:${ROWS_NAMED}]`;
}

/**
 * One statement for each kind. Parameters: the first instant of the month and that of the next month; for `related` also
 * the public mail services. Columns: userId, partnerId, moduleId, figures (JSON with decimals as text), deploymentIds and
 * count, the number of all rows.
 */
export const SIGNAL_QUERIES: Readonly<Record<SignalKind, string>> = {
  reversedRevenue: `
    WITH reversed AS (
      SELECT user_id, refunded_id AS lot_id, max(occurred_at) AS reversed_at
      FROM credit_entries AS reversal
      WHERE type = 'purchaseReversal' AND occurred_at >= $1 AND occurred_at < $2
        AND NOT EXISTS (
          SELECT FROM credit_entries AS released
          WHERE released.user_id = reversal.user_id AND released.type = 'reversalRelease'
            AND released.refunded_id = reversal.id)
      GROUP BY user_id, refunded_id
    ),
    paid AS (
      SELECT lot.user_id, lot.id AS purchase, lot.reversed_value, revenue.partner_id, revenue.deployment_id,
             sum(allocation.taken_value) AS taken_value, sum(allocation.value) AS value
      FROM reversed
        JOIN credit_lots AS lot
          ON lot.user_id = reversed.user_id AND lot.pool = 'purchased' AND lot.id = reversed.lot_id
        JOIN credit_allocations AS allocation
          ON allocation.user_id = lot.user_id AND allocation.lot_pool = lot.pool AND allocation.lot_id = lot.id
            AND allocation.spend_type = 'deployment'
        JOIN deployment_revenue AS revenue
          ON revenue.user_id = allocation.user_id AND revenue.deployment_id = allocation.spend_id
      WHERE lot.reversed_credits > 0 AND revenue.partner_id IS NOT NULL
        AND revenue.deployed_at <= reversed.reversed_at
      GROUP BY lot.user_id, lot.id, lot.reversed_value, revenue.partner_id, revenue.deployment_id
    )
    SELECT user_id AS "userId", partner_id AS "partnerId", NULL AS "moduleId",
           json_build_object('purchase', purchase, 'reversedValue', trim_scale(reversed_value)::text,
             'paidValue', trim_scale(sum(taken_value))::text, 'stillPaidValue', trim_scale(sum(value))::text) AS figures,
           ${named('deployment_id', 'taken_value DESC, deployment_id')} AS "deploymentIds", ${COUNT}
    FROM paid
    GROUP BY user_id, purchase, reversed_value, partner_id
    HAVING sum(taken_value) > 0
    ORDER BY sum(taken_value) DESC, purchase, partner_id`,
  oneCustomer: `
    SELECT user_id AS "userId", partner_id AS "partnerId", NULL AS "moduleId",
           json_build_object('gross', trim_scale(gross)::text, 'partnerGross', trim_scale(total)::text) AS figures,
           "deploymentIds", ${COUNT}
    FROM (
      SELECT user_id, partner_id, sum(shared_gross) AS gross,
             sum(sum(shared_gross)) OVER (PARTITION BY partner_id) AS total,
             ${named('deployment_id', 'shared_gross DESC, deployment_id')} AS "deploymentIds"
      FROM deployment_revenue
      WHERE has_partner AND generating AND deployed_at >= $1 AND deployed_at < $2
      GROUP BY partner_id, user_id
    ) AS customers
    WHERE gross > total * ${LARGE_SHARE}
    ORDER BY gross DESC, partner_id`,
  refundedInCircles: `
    SELECT user_id AS "userId", partner_id AS "partnerId", module_id AS "moduleId",
           json_build_object('deployments', deployments::text, 'refunded', refunded::text,
             'refundedCredits', trim_scale(credits)::text) AS figures,
           "deploymentIds", ${COUNT}
    FROM (
      SELECT user_id, partner_id, module_id, count(*) AS deployments,
             count(*) FILTER (WHERE refunded_credits > 0) AS refunded, sum(refunded_credits) AS credits,
             (array_agg(deployment_id ORDER BY deployed_at, deployment_id)
               FILTER (WHERE refunded_credits > 0))[1:${ROWS_NAMED}] AS "deploymentIds"
      FROM deployment_revenue
      WHERE ${MONTH}
      GROUP BY user_id, partner_id, module_id
    ) AS deployed
    WHERE refunded >= ${CIRCLES_MIN} AND refunded * 2 >= deployments
      AND EXISTS (
        SELECT FROM credit_entries AS bought
        WHERE bought.user_id = deployed.user_id AND bought.type = 'purchase'
          AND bought.occurred_at >= $1 AND bought.occurred_at < $2)
    ORDER BY refunded DESC, user_id, module_id`,
  related: `
    WITH deployed AS (
      SELECT user_id, partner_id, sum(shared_gross) AS gross,
             ${named('deployment_id', 'shared_gross DESC, deployment_id')} AS "deploymentIds"
      FROM deployment_revenue
      WHERE ${MONTH} AND user_id <> partner_id
      GROUP BY user_id, partner_id
    ),
    customers AS MATERIALIZED (
      SELECT id, lower(email) AS email, ${domainOf('email')} AS domain
      FROM users WHERE id IN (SELECT user_id FROM deployed)
    ),
    partners AS MATERIALIZED (
      SELECT id, lower(email) AS email, ${domainOf('email')} AS domain, ${domainOf('email')} <> ALL ($3) AS is_own_domain
      FROM users WHERE id IN (SELECT partner_id FROM deployed)
    )
    SELECT customers.id AS "userId", partners.id AS "partnerId", NULL AS "moduleId",
           json_build_object('gross', trim_scale(gross)::text,
             'sameAddress', (customers.email = partners.email)::text) AS figures,
           "deploymentIds", ${COUNT}
    FROM deployed
      JOIN customers ON customers.id = deployed.user_id
      JOIN partners ON partners.id = deployed.partner_id
    WHERE customers.email = partners.email OR (is_own_domain AND customers.domain = partners.domain)
    ORDER BY gross DESC, customers.id, partners.id`,
  // Arrays compare by their first element, so the largest is the latest deployment; of several at one instant it is the
  // one that cost the most.
  costlierThanBefore: `
    WITH deployed AS MATERIALIZED (
      SELECT user_id, module_id, partner_id, deployment_id, credit_cost,
             lag(credit_cost) OVER (PARTITION BY user_id, module_id ORDER BY deployed_at, deployment_id) AS previous
      FROM deployment_revenue
      WHERE ${MONTH}
    ),
    earlier AS MATERIALIZED (
      SELECT user_id, module_id, (max(ARRAY[extract(epoch FROM deployed_at), credit_cost]))[2] AS credit_cost
      FROM deployment_revenue
      WHERE has_partner AND generating IN (true, false)
        AND deployed_at >= $1::timestamptz - interval '1 year' AND deployed_at < $1
        AND (user_id, module_id) IN (SELECT user_id, module_id FROM deployed)
      GROUP BY user_id, module_id
    ),
    compared AS (
      SELECT deployed.user_id, deployed.module_id, partner_id, deployment_id, deployed.credit_cost,
             COALESCE(deployed.previous, earlier.credit_cost) AS previous
      FROM deployed
        LEFT JOIN earlier ON earlier.user_id = deployed.user_id AND earlier.module_id = deployed.module_id
    )
    SELECT user_id AS "userId", partner_id AS "partnerId", module_id AS "moduleId",
           json_build_object('creditCost', trim_scale(credit_cost)::text,
             'previousCost', trim_scale(previous)::text) AS figures,
           ARRAY[deployment_id] AS "deploymentIds", ${COUNT}
    FROM compared
    WHERE previous > 0 AND credit_cost > ${COST_MULTIPLE} * previous
    ORDER BY credit_cost DESC, deployment_id`,
};
