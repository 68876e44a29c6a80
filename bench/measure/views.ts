import type { BenchDatabase } from '../bench-database.js';
import { bearer, type Headers } from '../service-process.js';

export const PAGE = '/api/revenue?limit=50';

/** A report as one caller sees it. */
export interface View {
  readonly name: string;
  readonly headers: Headers;
}

/** The report of one partner. */
export interface PartnerView extends View {
  readonly partnerId: string;
  readonly deployments: number;
}

/** The views that are measured: finance's of everything, and those of the three largest and three median partners. */
export interface Views {
  readonly finance: View;
  readonly largest: readonly PartnerView[];
  readonly median: readonly PartnerView[];
}

/** The report of one partner, whatever its rank. @throws where it has no deployment */
export async function viewOf({ owner }: BenchDatabase, partnerId: string): Promise<PartnerView> {
  const { rows } = await owner.query<{ deployments: number }>(
    'SELECT count(*)::int AS deployments FROM deployment_revenue WHERE partner_id = $1',
    [partnerId],
  );
  const deployments = rows[0]?.deployments ?? 0;
  if (deployments === 0) throw new Error(`The partner ${partnerId} has no deployment here.`);
  return partnerView(`partner ${partnerId}`, { partnerId, deployments });
}

export async function viewsOf({ owner }: BenchDatabase): Promise<Views> {
  const { rows: partners } = await owner.query<Pick<PartnerView, 'partnerId' | 'deployments'>>(`
    SELECT partner_id AS "partnerId", count(*)::int AS deployments FROM deployment_revenue
     WHERE partner_id IS NOT NULL GROUP BY partner_id ORDER BY count(*) DESC, partner_id`);
  const threeFrom = (first: number): Promise<PartnerView[]> => {
    const three = partners.slice(first, first + 3);
    return Promise.all(three.map((partner, n) => partnerView(`partner ranked ${first + n + 1}`, partner)));
  };
  return {
    finance: { name: 'finance, global', headers: await bearer('finance', 'finance') },
    largest: await threeFrom(0),
    median: await threeFrom(Math.floor(partners.length / 2) - 1),
  };
}

/** Finance first, then the partners, the largest first. */
export const allOf = ({ finance, largest, median }: Views): View[] => [finance, ...largest, ...median];

async function partnerView(
  name: string,
  partner: Pick<PartnerView, 'partnerId' | 'deployments'>,
): Promise<PartnerView> {
  return { name, ...partner, headers: await bearer(partner.partnerId, 'partner') };
}
