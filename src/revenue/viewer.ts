import { isGlobalReader, type Caller } from '../auth/index.js';

/** What a caller can see: the figures of all partners with the customers, or those of one partner without customers. */
export type Viewer =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'partner'; readonly partnerId: string };

/**
 * What a caller can see. Finance and admin see everything, even with the role partner (docs/contract.md, "Callers").
 *
 * @param caller must have passed `@Access('partner', 'finance', 'admin')`
 */
export function viewerOf(caller: Caller): Viewer {
  if (isGlobalReader(caller)) return { kind: 'everybody' };
  if (caller.partnerId === null) throw new Error('Only partners, finance and admin can see revenue.');
  return { kind: 'partner', partnerId: caller.partnerId };
}
