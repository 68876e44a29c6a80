import type { Revenue } from '../revenue-share.js';
import { minorUnitOf, roundHalfEven } from './rounding.js';

/** What a statement adds up. */
export interface BalanceParts {
  /** What the partner's last statement carried; 0 without one. */
  readonly opening: Revenue;
  readonly revenue: Revenue;
  readonly adjustments: Revenue;
}

/** What a closing fixes for all statements of its month. */
export interface PaymentTerms {
  /** Places of the currency's smallest unit: 0, 2 or 3. */
  readonly currencyMinorUnit: number;
  /** Less than this is carried to the next statement. */
  readonly minimumPayout: Revenue;
}

/** opening + revenue + adjustments = due = payable + carried. */
export interface StatementBalance {
  readonly due: Revenue;
  /** A whole number of the currency's smallest units, 0 or more. */
  readonly payable: Revenue;
  /** The cut of the rounding, an amount below the minimum, or a debt. */
  readonly carried: Revenue;
}

/** Splits what is due into what is paid and what the next statement begins with. */
export function balanceOf(parts: BalanceParts, terms: PaymentTerms): StatementBalance {
  const due = parts.opening + parts.revenue + parts.adjustments;
  const rounded = roundHalfEven(due, terms.currencyMinorUnit);
  const payable = rounded > 0n && rounded >= terms.minimumPayout ? rounded : 0n;
  return { due, payable, carried: due - payable };
}

/** Whether a partner without lines gets a statement: its opening is at least one smallest unit in size. */
export function isOpeningStated(opening: Revenue, currencyMinorUnit: number): boolean {
  const size = opening < 0n ? -opening : opening;
  return size >= minorUnitOf(currencyMinorUnit);
}

export const STATEMENT_STATUSES = ['carried', 'open', 'partlyPaid', 'paid'] as const;

/** `carried`: nothing is payable. */
export type StatementStatus = (typeof STATEMENT_STATUSES)[number];
