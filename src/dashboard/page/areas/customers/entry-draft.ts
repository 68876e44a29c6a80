/** What finance is about to record, and what it has typed so far. */

import { endOfDay, previewEntry, type Effect, type Entry, type ReversalReason } from '../../api/credits.js';
import { typedAmount } from '../../exact/typed.js';

export type Draft =
  | { readonly kind: 'award' | 'purchase'; readonly userId: string }
  | { readonly kind: 'refund'; readonly userId: string; readonly deploymentId: string }
  | { readonly kind: 'purchaseRefund'; readonly userId: string; readonly purchaseId: string }
  | { readonly kind: 'reversal'; readonly userId: string; readonly purchaseId: string }
  | { readonly kind: 'release'; readonly userId: string; readonly reversalId: string };

export interface Typed {
  readonly credits: string;
  readonly amount: string;
  /** A day, or empty. */
  readonly lastDay: string;
  readonly reason: string;
  /** Of money that was taken back. */
  readonly cause: ReversalReason | '';
}

export const NOTHING_TYPED: Typed = { credits: '', amount: '', lastDay: '', reason: '', cause: '' };

/** An entry whose expiry is still the last day on which its credits pay. */
export interface Wanted {
  readonly entry: Entry;
  readonly userId: string;
  readonly lastDay: string | null;
}

/** The fields whose text is not an amount. */
export function mistakesIn(draft: Draft, { credits, amount }: Typed): { credits: boolean; amount: boolean } {
  return {
    credits: credits.trim() !== '' && typedAmount(credits) === null,
    amount: draft.kind === 'purchase' && amount.trim() !== '' && typedAmount(amount) === null,
  };
}

/** The entry as it is typed; null: something is missing or wrong. */
export function wantedFrom(draft: Draft, typed: Typed): Wanted | null {
  const mistakes = mistakesIn(draft, typed);
  const credits = typedAmount(typed.credits) ?? undefined;
  const reason = typed.reason.trim() || undefined;
  const { userId } = draft;
  const lastDay = typed.lastDay || null;
  if (mistakes.credits || mistakes.amount) return null;
  switch (draft.kind) {
    case 'refund': {
      const { kind, deploymentId } = draft;
      return { userId, lastDay: null, entry: { kind, deploymentId, body: { credits, reason } } };
    }
    case 'purchaseRefund': {
      const { kind, purchaseId } = draft;
      return { userId, lastDay: null, entry: { kind, purchaseId, body: { credits, reason } } };
    }
    case 'reversal': {
      const { kind, purchaseId } = draft;
      const body = { credits, reason: typed.cause || undefined };
      return { userId, lastDay: null, entry: { kind, purchaseId, body } };
    }
    case 'release': {
      const { kind, reversalId } = draft;
      return { userId, lastDay: null, entry: { kind, reversalId, body: {} } };
    }
    case 'award':
      if (credits === undefined) return null;
      return { userId, lastDay, entry: { kind: 'award', body: { userId, credits, reason } } };
    case 'purchase': {
      if (credits === undefined) return null;
      const amount = typedAmount(typed.amount) ?? undefined;
      return { userId, lastDay, entry: { kind: 'purchase', body: { userId, credits, amount } } };
    }
  }
}

/** The entry that is sent if the reader agrees, and what it changes. */
export interface Previewed {
  readonly entry: Entry;
  readonly effect: Effect;
}

export async function preview(wanted: Wanted, timeZone: string, signal: AbortSignal): Promise<Previewed> {
  const { entry, lastDay, userId } = wanted;
  if (lastDay === null) return { entry, effect: await previewEntry(entry, signal) };
  const whole = expiring(entry, await endOfDay(lastDay, timeZone, userId, signal));
  return { entry: whole, effect: await previewEntry(whole, signal) };
}

function expiring(entry: Entry, expiresAt: string): Entry {
  if (entry.kind === 'award') return { ...entry, body: { ...entry.body, expiresAt } };
  return entry.kind === 'purchase' ? { ...entry, body: { ...entry.body, expiresAt } } : entry;
}
