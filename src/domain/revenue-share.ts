import { formatScaled, integerFromNumeric, MICROS_SCALE, scaledFrom, type Micros } from './decimal.js';

/** `partnerRevenueShare`, the partners' percentage, as an integer of 10^-4 percent: `300_000n` is 30 %. */
export type RevenueShare = bigint;

/** Revenue as an integer of 10^-12: gross (6 places) times share (4 places) / 100 never needs rounding. */
export type Revenue = bigint;

const SHARE_SCALE = 4;
const PERCENT_SCALE = 2;
export const REVENUE_SCALE = MICROS_SCALE + SHARE_SCALE + PERCENT_SCALE;
const FULL_SHARE: RevenueShare = 1_000_000n;
const SHARE_GRAMMAR = /^(?:0|[1-9]\d{0,2})(?:\.\d{1,4})?$/;

/** Reads a percentage of 0 to 100 with at most 4 places; returns null for any other text. */
export function parseRevenueShare(text: string): RevenueShare | null {
  if (!SHARE_GRAMMAR.test(text)) return null;
  const share = scaledFrom(text, SHARE_SCALE);
  return share <= FULL_SHARE ? share : null;
}

/** The canonical decimal string of a percentage: `"30"`, `"12.5"`. */
export function formatRevenueShare(share: RevenueShare): string {
  return formatScaled(share, SHARE_SCALE);
}

/** A percentage as the factor of gross revenue, for SQL: `"0.3"` for 30 %. */
export function formatShareFactor(share: RevenueShare): string {
  return formatScaled(share, SHARE_SCALE + PERCENT_SCALE);
}

/** The partner's part of gross revenue: gross * share / 100, exact, never rounded (docs/rules.md, "Revenue"). */
export function revenueOf(gross: Micros, share: RevenueShare): Revenue {
  return gross * share;
}

/** The platform's part of gross revenue: gross - revenue, exact. */
export function platformRevenueOf(gross: Micros, revenue: Revenue): Revenue {
  return gross * FULL_SHARE - revenue;
}

/** Reads revenue that PostgreSQL printed. @throws RangeError as microsFromNumeric, for more than 12 places */
export function revenueFromNumeric(text: string): Revenue {
  return integerFromNumeric(text, REVENUE_SCALE);
}

/** The canonical decimal string of revenue, up to 12 places. */
export function formatRevenue(revenue: Revenue): string {
  return formatScaled(revenue, REVENUE_SCALE);
}
