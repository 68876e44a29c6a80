/** Whose modules a report is about: those of partners, or the platform's own. */
export const OWNERS = ['partner', 'platform'] as const;
export type Owner = (typeof OWNERS)[number];

/** A filter as somebody asks for it (contract.md, "Revenue"); everything may be absent. */
export interface RevenueFilterRequest {
  /** A local day (`2026-05-01`) or an instant; the range includes it. */
  readonly startDate?: string;
  /** A local day, included, or an instant, excluded. */
  readonly endDate?: string;
  /** IANA name; absent: the variable `timeZone`. */
  readonly timeZone?: string;
  readonly moduleId?: readonly string[];
  readonly partnerId?: readonly string[];
  readonly owner?: Owner;
  readonly includeFree?: boolean;
}

/** One end of the range of a report. */
export interface Boundary {
  /** As contract.md writes instants. */
  readonly at: string;
  /** As PostgreSQL reads it, which has years before 1 that ISO 8601 readers do not know. */
  readonly sql: string;
}

/** A filter that was checked, with its range as instants: what every figure of one report goes by. */
export interface RevenueFilter {
  /** As given; null: open. */
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** The range `[from, to)` of createdAt; null: open. */
  readonly from: Boundary | null;
  readonly to: Boundary | null;
  readonly timeZone: string;
  /** Each once, in the order of their bytes; empty: all. */
  readonly moduleIds: readonly string[];
  /** Each once, in the order of their bytes; empty: all, the platform's own modules included. */
  readonly partnerIds: readonly string[];
  readonly owner: Owner | null;
  /** Also deployments that gave no revenue. */
  readonly includeFree: boolean;
}
