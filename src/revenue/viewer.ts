import { isGlobalReader, type Caller } from '../auth/index.js';

/** Whose figures somebody sees: everybody's with the customers behind them, or one partner's without. */
export type Viewer =
  { readonly kind: 'everybody' } | { readonly kind: 'partner'; readonly partnerId: string };

/**
 * What a caller sees: finance and admin see everything even beside the role partner (docs/contract.md, "Callers").
 *
 * @param caller one whom `@Access('partner', 'finance', 'admin')` has let in
 */
export function viewerOf(caller: Caller): Viewer {
  if (isGlobalReader(caller)) return { kind: 'everybody' };
  if (caller.partnerId === null) throw new Error('Only partners, finance and admin come here.');
  return { kind: 'partner', partnerId: caller.partnerId };
}
