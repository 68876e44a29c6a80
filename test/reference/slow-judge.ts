import type { Entry, Refund, PurchaseRefund, RefusalReason } from '../../src/domain/index.js';
import { SlowLedger } from './slow-ledger.js';
import { slowCompare } from './slow-order.js';

export interface SlowVerdict {
  readonly candidate: Refund | PurchaseRefund;
  /** null: accepted. */
  readonly reason: RefusalReason | null;
  readonly left: bigint;
}

/**
 * Judges candidates one by one, in the order of docs/rules.md; each one by folding everything that is recorded before
 * it.
 */
export function slowJudge(
  recorded: readonly Entry[],
  candidates: readonly (Refund | PurchaseRefund)[],
): SlowVerdict[] {
  const known = [...recorded];
  return [...candidates].sort(slowCompare).map((candidate) => {
    const verdict =
      candidate.type === 'refund' ? ofRefund(known, candidate) : ofPurchaseRefund(known, candidate);
    if (verdict.reason === null) known.push(candidate);
    return { candidate, ...verdict };
  });
}

type Verdict = Omit<SlowVerdict, 'candidate'>;

/** "refused if its time is before its deployment's, if nothing is left, or if it asks for more than is left" */
function ofRefund(known: readonly Entry[], candidate: Refund): Verdict {
  const deployment = known.find(({ type, id }) => type === 'deployment' && id === candidate.deploymentId);
  if (deployment === undefined) return { reason: 'unknownTarget', left: 0n };
  const left = new SlowLedger(known).leftToRefund(candidate.deploymentId);
  if (candidate.occurredAt < deployment.occurredAt) return { reason: 'beforeTarget', left };
  return byAmount(candidate.credits, left);
}

/** "refused if its lot holds nothing, or less than it asks, at its place in the order" */
function ofPurchaseRefund(known: readonly Entry[], candidate: PurchaseRefund): Verdict {
  const purchase = known.find(({ type, id }) => type === 'purchase' && id === candidate.purchaseId);
  if (purchase === undefined) return { reason: 'unknownTarget', left: 0n };
  const before = known.filter((entry) => slowCompare(entry, candidate) < 0);
  const left = new SlowLedger(before, candidate.occurredAt).leftOfPurchase(candidate.purchaseId);
  return byAmount(candidate.credits, left);
}

function byAmount(asked: bigint | null, left: bigint): Verdict {
  if (left === 0n) return { reason: 'nothingLeft', left };
  if (asked !== null && asked > left) return { reason: 'moreThanLeft', left };
  return { reason: null, left };
}
