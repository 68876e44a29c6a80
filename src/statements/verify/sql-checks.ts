import type { Shares } from '../closing/terms.js';

/** A query that returns a sentence, `violation`, for each row that is wrong. */
export type SqlCheck = string;

/** Checks of lines and their causes, against statements, closings, modules and the ledger. */
export function lineChecks(shares: Shares): SqlCheck[] {
  return [
    `SELECT format('line of deployment %s: there is no statement %s', line.deployment_id, line.statement_no) AS violation
       FROM statement_lines AS line LEFT JOIN statements AS statement ON statement.no = line.statement_no
      WHERE statement.no IS NULL`,
    `${LINES} WHERE NOT line.is_adjustment
        AND NOT (line.created_at >= closing.starts_at AND line.created_at < closing.ends_at)`,
    `${LINES} WHERE line.is_adjustment AND NOT (line.created_at < closing.starts_at
        AND line.created_at >= (SELECT min(starts_at) FROM closings))`,
    `SELECT format('statement %s: deployment %s belongs to partner %s', statement.id, line.deployment_id, module.partner_id)
              AS violation
       FROM statement_lines AS line JOIN statements AS statement ON statement.no = line.statement_no
         JOIN modules AS module ON module.id = line.module_id
      WHERE module.partner_id IS DISTINCT FROM statement.partner_id`,
    `SELECT format('statement %s: deployment %s has the share %s, but %s was in force', statement.id, line.deployment_id,
                   trim_scale(line.share), trim_scale(${shares.percentAt('line.created_at')})) AS violation
       FROM statement_lines AS line JOIN statements AS statement ON statement.no = line.statement_no
      WHERE line.share <> ${shares.percentAt('line.created_at')}`,
    `SELECT format('statement %s: the line of deployment %s follows one that states %s, not %s', id, deployment_id,
                   trim_scale(coalesce(before, 0)), trim_scale(coalesce(stated_gross, 0))) AS violation
       FROM (SELECT statement.id, line.deployment_id, line.stated_gross, line.is_adjustment,
                    lag(line.gross_revenue) OVER (PARTITION BY line.created_at, line.deployment_id
                                                  ORDER BY line.statement_no) AS before
               FROM statement_lines AS line JOIN statements AS statement ON statement.no = line.statement_no) AS chained
      WHERE CASE WHEN is_adjustment THEN coalesce(before, 0) <> stated_gross ELSE before IS NOT NULL END`,
    `SELECT format('statement %s: the adjustment of deployment %s corrects another statement', statement.id,
                   line.deployment_id) AS violation
       FROM statement_lines AS line JOIN statements AS statement ON statement.no = line.statement_no
         JOIN closings AS closing ON closing.starts_at <= line.created_at AND line.created_at < closing.ends_at
         LEFT JOIN statements AS corrected
           ON corrected.partner_id = statement.partner_id AND corrected.month = closing.month
      WHERE line.is_adjustment AND line.corrects_no IS DISTINCT FROM corrected.no`,
    `SELECT format('statement %s: the causes of deployment %s add up to %s, not to %s', statement.id, line.deployment_id,
                   trim_scale(coalesce(sum(cause.part), 0)), trim_scale(line.gross_revenue - line.stated_gross)) AS violation
       FROM statement_lines AS line JOIN statements AS statement ON statement.no = line.statement_no
         LEFT JOIN statement_causes AS cause USING (statement_no, deployment_id)
      WHERE line.is_adjustment
      GROUP BY statement.id, line.statement_no, line.deployment_id, line.gross_revenue, line.stated_gross
     HAVING coalesce(sum(cause.part), 0) <> line.gross_revenue - line.stated_gross`,
    `SELECT format('statement %s: a cause of deployment %s has no adjustment line or no entry', cause.statement_no,
                   cause.deployment_id) AS violation
       FROM statement_causes AS cause
         LEFT JOIN statement_lines AS line ON line.statement_no = cause.statement_no
          AND line.deployment_id = cause.deployment_id AND line.is_adjustment
         LEFT JOIN credit_entries AS entry ON entry.type = cause.type AND entry.id = cause.entry_id
          AND entry.occurred_at = cause.occurred_at AND entry.recorded_at = cause.recorded_at
      WHERE line.deployment_id IS NULL OR (cause.type <> 'correction' AND entry.id IS NULL)`,
  ];
}

const LINES = `
  SELECT format('statement %s: deployment %s is of another month', statement.id, line.deployment_id) AS violation
    FROM statement_lines AS line JOIN statements AS statement ON statement.no = line.statement_no
      JOIN closings AS closing ON closing.month = statement.month`;

/** Checks of what is stated against the report, where no later change is marked. */
export const MARK_CHECKS: readonly SqlCheck[] = [
  `WITH bounds AS (SELECT min(starts_at) AS since, max(ends_at) AS until, max(run) AS run FROM closings),
        stated AS (SELECT DISTINCT ON (created_at, deployment_id) created_at, deployment_id, gross_revenue
                     FROM statement_lines ORDER BY created_at, deployment_id, statement_no DESC),
        present AS (SELECT revenue.deployed_at AS created_at, revenue.deployment_id, revenue.gross_revenue
                      FROM deployment_revenue AS revenue, bounds
                     WHERE revenue.has_partner AND revenue.deployed_at >= since AND revenue.deployed_at < until)
   SELECT format('deployment %s: %s is stated, %s is its gross revenue now, and the change is not marked', deployment_id,
                 trim_scale(coalesce(stated.gross_revenue, 0)), trim_scale(coalesce(present.gross_revenue, 0))) AS violation
     FROM stated FULL JOIN present USING (created_at, deployment_id), bounds
    WHERE coalesce(stated.gross_revenue, 0) <> coalesce(present.gross_revenue, 0)
      AND NOT EXISTS (SELECT FROM statement_marks AS mark
                       WHERE mark.run >= bounds.run AND mark.deployment_id = coalesce(stated.deployment_id, present.deployment_id))`,
  `SELECT format('statement %s: the line of deployment %s differs from the report, and no change is marked', statement.id,
                 line.deployment_id) AS violation
     FROM statement_lines AS line JOIN statements AS statement ON statement.no = line.statement_no
       JOIN closings AS closing ON closing.month = statement.month
       LEFT JOIN deployment_revenue AS revenue
         ON revenue.deployment_id = line.deployment_id AND revenue.deployed_at = line.created_at AND revenue.has_partner
    WHERE NOT line.is_adjustment
      AND (line.module_id, line.credit_cost, line.free_credits, line.purchased_credits, line.unpaid_credits,
           line.refunded_credits, line.gross_revenue) IS DISTINCT FROM
          (revenue.module_id, revenue.credit_cost, revenue.free_credits, revenue.purchased_credits, revenue.unpaid_credits,
           revenue.refunded_credits, revenue.gross_revenue)
      AND NOT EXISTS (SELECT FROM statement_marks AS mark
                       WHERE mark.run >= closing.run AND mark.deployment_id = line.deployment_id)`,
];

/** Checks of payments. Every payment leaves an audit event in its own transaction. */
export const PAYMENT_CHECKS: readonly SqlCheck[] = [
  `SELECT format('statement %s: %s is paid of %s', statement.id, trim_scale(paid), trim_scale(statement.payable)) AS violation
     FROM statements AS statement
       JOIN (SELECT statement_no, sum(CASE WHEN reverses IS NULL THEN amount ELSE -amount END) AS paid
               FROM payments GROUP BY statement_no) AS payment ON payment.statement_no = statement.no
    WHERE paid > statement.payable OR paid < 0`,
  `SELECT format('payment %s: a reversal is reversed', payment.external_id) AS violation
     FROM payments AS payment JOIN payments AS reversed ON reversed.external_id = payment.reverses
    WHERE reversed.reverses IS NOT NULL`,
  `SELECT format('payment %s: the audit has no such payment', external_id) AS violation
     FROM payments
    WHERE NOT EXISTS (SELECT FROM audit_events AS event
                       WHERE event.action = 'statements.pay' AND event.target_id = external_id AND event.outcome = 'done')`,
];
