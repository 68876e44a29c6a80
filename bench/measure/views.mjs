import { bearer } from '../service-process.mjs';

export const PAGE = '/api/revenue?limit=50';

/** The report of one partner, whatever its rank. @throws where it has no deployment */
export async function viewOf({ owner }, partnerId) {
  const { rows } = await owner.query(
    'SELECT count(*)::int AS deployments FROM deployment_revenue WHERE partner_id = $1',
    [partnerId],
  );
  const { deployments } = rows[0];
  if (deployments === 0) throw new Error(`The partner ${partnerId} has no deployment here.`);
  return {
    name: `partner ${partnerId}`,
    partnerId,
    deployments,
    headers: await bearer(partnerId, 'partner'),
  };
}

/** The reports that are measured: finance's of everything, and those of the three largest and three median partners. */
export async function viewsOf({ owner }) {
  const { rows } = await owner.query(`
    SELECT partner_id, count(*)::int AS deployments FROM deployment_revenue
     WHERE partner_id IS NOT NULL GROUP BY partner_id ORDER BY count(*) DESC, partner_id`);
  const middle = Math.floor(rows.length / 2);
  const ranks = [0, 1, 2, middle - 1, middle, middle + 1];
  const partners = ranks.map(async (rank) => ({
    name: `partner ranked ${rank + 1}`,
    partnerId: rows[rank].partner_id,
    deployments: rows[rank].deployments,
    headers: await bearer(rows[rank].partner_id, 'partner'),
  }));
  return [
    { name: 'finance, global', headers: await bearer('finance', 'finance') },
    ...(await Promise.all(partners)),
  ];
}
