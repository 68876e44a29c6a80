import {
  formatRevenue,
  microsFromNumeric,
  platformRevenueOf,
  revenueOf,
  type RevenueShare,
} from '../../domain/index.js';
import { instantFromPostgres } from '../../platform/database/index.js';
import type { Viewer } from '../viewer.js';

/** One deployment as the report shows it (docs/contract.md, "Revenue"). Decimals are canonical strings. */
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
  readonly revenue: string;
  /** From here on for finance and admin alone: absent in what a partner sees. */
  readonly partnerId?: string | null;
  readonly partnerEmail?: string | null;
  readonly userId?: string;
  readonly userEmail?: string | null;
  readonly platformRevenue?: string;
}

/** A row as PostgreSQL gives it: text throughout. */
export interface StoredRow {
  readonly deploymentId: string;
  readonly moduleId: string;
  readonly moduleName: string;
  readonly deployedAt: string;
  readonly creditCost: string;
  readonly freeCredits: string;
  readonly purchasedCredits: string;
  readonly unpaidCredits: string;
  readonly refundedCredits: string;
  readonly grossRevenue: string;
  readonly sharedGross: string;
  readonly partnerId?: string | null;
  readonly partnerEmail?: string | null;
  readonly userId?: string;
  readonly userEmail?: string | null;
}

/** The select list of a StoredRow, from `deployment_revenue AS revenue` and what `rowJoins` adds. */
export function rowColumns(viewer: Viewer): string {
  const everyone = `
    revenue.deployment_id AS "deploymentId",
    revenue.module_id AS "moduleId",
    module.name AS "moduleName",
    revenue.deployed_at AS "deployedAt",
    trim_scale(revenue.credit_cost) AS "creditCost",
    trim_scale(revenue.free_credits) AS "freeCredits",
    trim_scale(revenue.purchased_credits) AS "purchasedCredits",
    trim_scale(revenue.unpaid_credits) AS "unpaidCredits",
    trim_scale(revenue.refunded_credits) AS "refundedCredits",
    trim_scale(revenue.gross_revenue) AS "grossRevenue",
    revenue.shared_gross AS "sharedGross"`;
  if (viewer.kind === 'partner') return everyone;
  return `${everyone},
    revenue.partner_id AS "partnerId",
    partner.email AS "partnerEmail",
    revenue.user_id AS "userId",
    customer.email AS "userEmail"`;
}

/** The joins that `rowColumns` needs beside the rows themselves. */
export function rowJoins(viewer: Viewer): string {
  const everyone = 'JOIN modules AS module ON module.id = revenue.module_id';
  if (viewer.kind === 'partner') return everyone;
  return `${everyone}
    LEFT JOIN users AS customer ON customer.id = revenue.user_id
    LEFT JOIN users AS partner ON partner.id = revenue.partner_id`;
}

/** What the report shows of a stored row; the partner's share is worked out here, by the rule of the domain. */
export function reportRow(stored: StoredRow, share: RevenueShare, viewer: Viewer): ReportRow {
  const revenue = revenueOf(microsFromNumeric(stored.sharedGross), share);
  const row: ReportRow = {
    deploymentId: stored.deploymentId,
    moduleId: stored.moduleId,
    moduleName: stored.moduleName,
    createdAt: instantFromPostgres(stored.deployedAt),
    creditCost: stored.creditCost,
    freeCredits: stored.freeCredits,
    purchasedCredits: stored.purchasedCredits,
    unpaidCredits: stored.unpaidCredits,
    refundedCredits: stored.refundedCredits,
    grossRevenue: stored.grossRevenue,
    revenue: formatRevenue(revenue),
  };
  if (viewer.kind === 'partner') return row;
  const gross = microsFromNumeric(stored.grossRevenue);
  return {
    ...row,
    partnerId: stored.partnerId,
    partnerEmail: stored.partnerEmail,
    userId: stored.userId,
    userEmail: stored.userEmail,
    platformRevenue: formatRevenue(platformRevenueOf(gross, revenue)),
  };
}
