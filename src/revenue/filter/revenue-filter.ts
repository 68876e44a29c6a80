import type { TimeRange, TimeRangeRequest } from '../../variables/index.js';

/** Whose modules a report is about: those of partners, or the platform's own. */
export const OWNERS = ['partner', 'platform'] as const;
export type Owner = (typeof OWNERS)[number];

/** A filter as somebody asks for it (docs/contract.md, "Revenue"); everything may be absent. */
export interface RevenueFilterRequest extends TimeRangeRequest {
  readonly moduleId?: readonly string[];
  readonly exceptModuleId?: readonly string[];
  readonly partnerId?: readonly string[];
  readonly owner?: Owner;
  readonly includeFree?: boolean;
}

/** A filter that was checked, with its range of createdAt as instants: what every figure of one report goes by. */
export interface RevenueFilter extends TimeRange {
  /** Each once, in the order of their bytes; empty: all. */
  readonly moduleIds: readonly string[];
  /** Each once, in the order of their bytes: these are left out, though `moduleIds` names them. */
  readonly exceptModuleIds: readonly string[];
  /** Each once, in the order of their bytes; empty: all, the platform's own modules included. */
  readonly partnerIds: readonly string[];
  readonly owner: Owner | null;
  /** Also deployments that gave no revenue. */
  readonly includeFree: boolean;
}
