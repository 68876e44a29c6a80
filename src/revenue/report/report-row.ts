import { instantTextSql } from '../../platform/database/index.js';
import type { ShareSql } from '../share/share-sql.js';
import type { Viewer } from '../viewer.js';

/** One deployment in the report (docs/contract.md, "Revenue"). Decimals are canonical strings. */
export interface ReportRow {
  readonly deploymentId: string;
  readonly moduleId: string;
  readonly moduleName: string;
  readonly createdAt: string;
  readonly creditCost: string;
  readonly freeCredits: string;
  readonly purchasedCredits: string;
  readonly unpaidCredits: string;
  readonly refundedCredits: string;
  readonly grossRevenue: string;
  /** The share at `createdAt`. */
  readonly partnerRevenueShare: string;
  readonly revenue: string;
  /** This and the following fields are for finance and admin; partners do not get them. */
  readonly partnerId?: string | null;
  readonly partnerEmail?: string | null;
  readonly userId?: string;
  readonly userEmail?: string | null;
  readonly platformRevenue?: string;
}

/**
 * The select list of a ReportRow, from `deployment_revenue AS revenue` and the tables of `rowJoins`. Page, export and
 * explanation all use it, so that they always agree.
 */
export function rowColumns(viewer: Viewer, share: ShareSql): string {
  const revenue = `revenue.shared_gross * ${share.factorAt('revenue.deployed_at')}`;
  const everyone = `
    revenue.deployment_id AS "deploymentId",
    revenue.module_id AS "moduleId",
    module.name AS "moduleName",
    ${instantTextSql('revenue.deployed_at')} AS "createdAt",
    ${decimalText('revenue.credit_cost')} AS "creditCost",
    ${decimalText('revenue.free_credits')} AS "freeCredits",
    ${decimalText('revenue.purchased_credits')} AS "purchasedCredits",
    ${decimalText('revenue.unpaid_credits')} AS "unpaidCredits",
    ${decimalText('revenue.refunded_credits')} AS "refundedCredits",
    ${decimalText('revenue.gross_revenue')} AS "grossRevenue",
    ${share.percentAt('revenue.deployed_at')} AS "partnerRevenueShare",
    ${decimalText(revenue)} AS "revenue"`;
  if (viewer.kind === 'partner') return everyone;
  return `${everyone},
    revenue.partner_id AS "partnerId",
    partner.email AS "partnerEmail",
    revenue.user_id AS "userId",
    customer.email AS "userEmail",
    ${decimalText(`revenue.gross_revenue - ${revenue}`)} AS "platformRevenue"`;
}

/** The canonical decimal string of a numeric. */
const decimalText = (numeric: string): string => `trim_scale(${numeric})::text`;

/** The joins that `rowColumns` needs in addition to the rows. */
export function rowJoins(viewer: Viewer): string {
  const everyone = 'JOIN modules AS module ON module.id = revenue.module_id';
  if (viewer.kind === 'partner') return everyone;
  return `${everyone}
    LEFT JOIN users AS customer ON customer.id = revenue.user_id
    LEFT JOIN users AS partner ON partner.id = revenue.partner_id`;
}
