import type { EntityManager } from 'typeorm';

/**
 * Returns the statements of closed months to which these deployments belong: of their partner, for their month. A
 * statement never changes; the next closing writes adjustments of what has changed since.
 *
 * @returns ids in bytewise order
 */
export async function closedStatementsOf(
  deploymentIds: readonly string[],
  manager: EntityManager,
): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT DISTINCT statement.id
       FROM deployment_revenue AS deployment
       JOIN closings AS closing
         ON deployment.deployed_at >= closing.starts_at AND deployment.deployed_at < closing.ends_at
       JOIN statements AS statement
         ON statement.partner_id = deployment.partner_id AND statement.month = closing.month
      WHERE deployment.deployment_id = ANY($1)
      ORDER BY statement.id`,
    [deploymentIds],
  );
  return rows.map(({ id }) => id);
}
