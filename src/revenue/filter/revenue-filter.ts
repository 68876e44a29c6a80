import type { TimeSpan } from '../../domain/index.js';
import type { TimeRange, TimeRangeRequest } from '../../variables/index.js';

/** The owners of the modules in a report: partners, or the platform. */
export const OWNERS = ['partner', 'platform'] as const;
export type Owner = (typeof OWNERS)[number];

/** A filter as the caller sends it (docs/contract.md, "Revenue"); every field is optional. */
export interface RevenueFilterRequest extends TimeRangeRequest {
  readonly moduleId?: readonly string[];
  readonly exceptModuleId?: readonly string[];
  readonly partnerId?: readonly string[];
  readonly userId?: readonly string[];
  readonly owner?: Owner;
  readonly includeFree?: boolean;
}

/** A checked filter, with its range of createdAt as instants. All figures of one report use the same one. */
export interface RevenueFilter extends TimeRange {
  /** Distinct, sorted by bytes; empty: all. */
  readonly moduleIds: readonly string[];
  /** Distinct, sorted by bytes. These are excluded even if `moduleIds` contains them. */
  readonly exceptModuleIds: readonly string[];
  /** Distinct, sorted by bytes; empty: all, including the platform's own modules. */
  readonly partnerIds: readonly string[];
  /** Customers who deployed, distinct, sorted by bytes; empty: all. Always empty for a partner. */
  readonly userIds: readonly string[];
  readonly owner: Owner | null;
  /** Include deployments that gave no revenue. */
  readonly includeFree: boolean;
}

/** The range of a filter. */
export function rangeOf({ from, to }: Pick<RevenueFilter, 'from' | 'to'>): TimeSpan {
  return { from: from?.instant ?? null, to: to?.instant ?? null };
}
