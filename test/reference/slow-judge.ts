import type {
  Entry,
  JudgedEntry,
  PurchaseRefund,
  PurchaseReversal,
  Refund,
  RefusalReason,
  ReversalRelease,
} from '../../src/domain/index.js';
import { SlowLedger } from './slow-ledger.js';
import { slowCompare } from './slow-order.js';

export interface SlowVerdict {
  readonly candidate: JudgedEntry;
  /** null: accepted. */
  readonly reason: RefusalReason | null;
  readonly left: bigint;
}

/**
 * Judges candidates one by one, in the order of docs/rules.md; each one by folding everything that is recorded before
 * it.
 */
export function slowJudge(recorded: readonly Entry[], candidates: readonly JudgedEntry[]): SlowVerdict[] {
  const known = [...recorded];
  return [...candidates].sort(slowCompare).map((candidate) => {
    const verdict = verdictOn(known, candidate);
    if (verdict.reason === null) known.push(candidate);
    return { candidate, ...verdict };
  });
}

type Verdict = Omit<SlowVerdict, 'candidate'>;

function verdictOn(known: readonly Entry[], candidate: JudgedEntry): Verdict {
  switch (candidate.type) {
    case 'refund':
      return ofRefund(known, candidate);
    case 'purchaseRefund':
      return ofPurchaseRefund(known, candidate);
    case 'purchaseReversal':
      return ofReversal(known, candidate);
    case 'reversalRelease':
      return ofRelease(known, candidate);
  }
}

/** "an unknown purchase; a time before the purchase; more than is left to reverse, or nothing" */
function ofReversal(known: readonly Entry[], candidate: PurchaseReversal): Verdict {
  const purchase = known.find(({ type, id }) => type === 'purchase' && id === candidate.purchaseId);
  if (purchase === undefined) return { reason: 'unknownTarget', left: 0n };
  if (candidate.occurredAt < purchase.occurredAt) return { reason: 'beforeTarget', left: 0n };
  return byAmount(candidate.credits, new SlowLedger(known).leftToReverse(candidate.purchaseId));
}

/** "an unknown reversal; a time before the reversal; a reversal released before" */
function ofRelease(known: readonly Entry[], candidate: ReversalRelease): Verdict {
  const reversal = known.find(({ type, id }) => type === 'purchaseReversal' && id === candidate.reversalId);
  if (reversal === undefined) return { reason: 'unknownTarget', left: 0n };
  if (candidate.occurredAt < reversal.occurredAt) return { reason: 'beforeTarget', left: 0n };
  const released = known.some(
    (entry) => entry.type === 'reversalRelease' && entry.reversalId === candidate.reversalId,
  );
  return { reason: released ? 'alreadyReleased' : null, left: 0n };
}

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
