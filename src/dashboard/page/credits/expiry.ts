/** Credits that expire soon. */

import type { Lot } from '../api/credits.js';
import { sum } from '../exact/decimal.js';

/** How long before its expiry a lot counts as expiring soon. */
export const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Days until a lot expires, rounded down.
 *
 * @param at the instant of the balance
 * @returns null: it does not expire soon
 */
export function daysLeft({ expiresAt }: Pick<Lot, 'expiresAt'>, at: string): number | null {
  if (expiresAt === null) return null;
  const days = Math.floor((Date.parse(expiresAt) - Date.parse(at)) / DAY_MS);
  return days < SOON_DAYS ? days : null;
}

/** What expires soon: all its credits, and the first instant; null: nothing does. */
export function expiringSoon(lots: readonly Lot[], at: string): { credits: string; first: string } | null {
  const soon = lots.filter((lot) => daysLeft(lot, at) !== null);
  const [first] = soon.map(({ expiresAt }) => expiresAt ?? '').sort(byTime);
  return first === undefined ? null : { credits: sum(soon.map(({ leftCredits }) => leftCredits)), first };
}

function byTime(one: string, other: string): number {
  return Date.parse(one) - Date.parse(other);
}
