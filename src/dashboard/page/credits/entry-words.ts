/** The words for what the API names: types of entries, and why the money of a purchase was taken back. */

import type { HistoryLine, ReversalReason } from '../api/credits.js';
import { t } from './texts.js';

const ENTRIES = {
  award: 'award',
  purchase: 'purchase',
  refund: 'refund',
  purchaseRefund: 'purchaseRefund',
  purchaseReversal: 'purchaseReversal',
  reversalRelease: 'reversalRelease',
} as const satisfies Partial<Record<HistoryLine['type'], string>>;

/** A type that is newer than the page is shown as the API names it. */
export function entryName(type: string): string {
  return type in ENTRIES ? t(ENTRIES[type as keyof typeof ENTRIES]) : type;
}

const REASONS: readonly ReversalReason[] = ['chargeback', 'paymentFailed', 'fraud', 'other'];

export function isReversalReason(text: string | null | undefined): text is ReversalReason {
  return REASONS.some((reason) => reason === text);
}

export function reversalReason(reason: ReversalReason): string {
  return t(reason);
}
