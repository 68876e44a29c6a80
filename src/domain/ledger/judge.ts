import type { Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import { emptyAccount, lotKey, spendKey, type Account } from './account.js';
import {
  isJudged,
  type Entry,
  type JudgedEntry,
  type PurchaseRefund,
  type PurchaseReversal,
  type Refund,
  type ReversalRelease,
} from './entry.js';
import { applyEntry, foldEntries } from './fold.js';
import { leftCreditsAt } from './lots.js';
import { compareEntries } from './order.js';
import { leftToReverse } from './reversal.js';

/** Why an entry that undoes another one cannot be recorded. */
export type RefusalReason =
  /** The deployment, purchase or reversal was never recorded for this user. */
  | 'unknownTarget'
  /** The entry's time is before that of the deployment, purchase or reversal. */
  | 'beforeTarget'
  /** The reversal was released before. */
  | 'alreadyReleased'
  /** Nothing is left to refund or to reverse, or the lot is empty at the purchaseRefund's position. */
  | 'nothingLeft'
  /** The entry asks for more than is left. */
  | 'moreThanLeft';

export interface Refusal {
  readonly candidate: JudgedEntry;
  readonly reason: RefusalReason;
  /** Credits that could be refunded or reversed. */
  readonly leftCredits: Micros;
}

export interface Judgement {
  /** The state after all recorded entries and the accepted candidates. */
  readonly account: Account;
  readonly accepted: readonly JudgedEntry[];
  readonly refused: readonly Refusal[];
}

/** Entries that the account of the loaded part is enough to judge, if they come last. */
export type NextJudged = Refund | PurchaseRefund;

/**
 * Folds recorded entries and judges candidates among them, in the ledger's order. A refusal is decided once
 * (docs/rules.md).
 *
 * One pass is enough in most cases: the rest of a deployment depends only on its cost and its recorded refunds,
 * whatever their position. The rest of a lot at a candidate's position depends only on the entries before that
 * position. What is left to reverse depends on all recorded entries: see `leftToReverseOf`.
 *
 * @param recorded entries that are in the ledger, or are added to it without judging
 * @param candidates entries to judge
 */
export function judgeAndFold(recorded: readonly Entry[], candidates: readonly JudgedEntry[] = []): Judgement {
  const account = emptyAccount();
  const toJudge = new Set<Entry>(candidates);
  const targets = new JudgedTargets(recorded);
  const accepted: JudgedEntry[] = [];
  const refused: Refusal[] = [];
  const judging: Judging = { account, targets, recorded, accepted };
  for (const entry of [...recorded, ...candidates].sort(compareEntries)) {
    if (toJudge.has(entry) && isJudged(entry)) {
      const refusal = judge(judging, entry);
      if (refusal !== null) {
        refused.push(refusal);
        continue;
      }
      accepted.push(entry);
      targets.record(entry);
    }
    applyEntry(account, entry);
  }
  return { account, accepted, refused };
}

/**
 * Judges a candidate that comes after all recorded entries. The account is enough for it: the rest of a deployment is
 * then its cost less its refunded credits.
 *
 * @param account the state after the last recorded entry, with the candidate's deployment or purchase loaded
 * @returns null if the candidate can be recorded
 */
export function judgeNext(account: Account, candidate: NextJudged): Refusal | null {
  if (candidate.type === 'purchaseRefund') return judgeWithdrawal(account, candidate);
  const spend = account.spends.get(spendKey('deployment', candidate.deploymentId));
  if (spend === undefined) return { candidate, reason: 'unknownTarget', leftCredits: 0n };
  return judgeAmount(candidate, spend.cost - spend.refundedCredits);
}

/** The state at a candidate's position, and all that is recorded by then. */
interface Judging {
  readonly account: Account;
  readonly targets: JudgedTargets;
  readonly recorded: readonly Entry[];
  readonly accepted: readonly JudgedEntry[];
}

function judge(judging: Judging, candidate: JudgedEntry): Refusal | null {
  switch (candidate.type) {
    case 'refund':
      return judgeRefund(judging.targets, candidate);
    case 'purchaseRefund':
      return judgePurchaseRefund(judging, candidate);
    case 'purchaseReversal':
      return judgeReversal(judging, candidate);
    case 'reversalRelease':
      return judgeRelease(judging.targets, candidate);
  }
}

function judgeRefund(targets: JudgedTargets, candidate: Refund): Refusal | null {
  const deployment = targets.deployments.get(candidate.deploymentId);
  if (deployment === undefined) return { candidate, reason: 'unknownTarget', leftCredits: 0n };
  if (candidate.occurredAt < deployment.occurredAt) {
    return { candidate, reason: 'beforeTarget', leftCredits: deployment.leftCredits };
  }
  return judgeAmount(candidate, deployment.leftCredits);
}

function judgePurchaseRefund({ account, targets }: Judging, candidate: PurchaseRefund): Refusal | null {
  if (!targets.purchases.has(candidate.purchaseId))
    return { candidate, reason: 'unknownTarget', leftCredits: 0n };
  return judgeWithdrawal(account, candidate);
}

function judgeWithdrawal(account: Account, candidate: PurchaseRefund): Refusal | null {
  const lot = account.lots.get(lotKey('purchased', candidate.purchaseId));
  return judgeAmount(candidate, lot === undefined ? 0n : leftCreditsAt(lot, candidate.occurredAt));
}

function judgeReversal(judging: Judging, candidate: PurchaseReversal): Refusal | null {
  const purchasedAt = judging.targets.purchases.get(candidate.purchaseId);
  if (purchasedAt === undefined) return { candidate, reason: 'unknownTarget', leftCredits: 0n };
  if (candidate.occurredAt < purchasedAt) return { candidate, reason: 'beforeTarget', leftCredits: 0n };
  return judgeAmount(candidate, leftToReverseOf(judging, candidate));
}

function judgeRelease(targets: JudgedTargets, candidate: ReversalRelease): Refusal | null {
  const reversal = targets.reversals.get(candidate.reversalId);
  if (reversal === undefined) return { candidate, reason: 'unknownTarget', leftCredits: 0n };
  if (candidate.occurredAt < reversal.occurredAt)
    return { candidate, reason: 'beforeTarget', leftCredits: 0n };
  return reversal.isReleased ? { candidate, reason: 'alreadyReleased', leftCredits: 0n } : null;
}

/**
 * What all recorded entries, whatever their position, leave to reverse of a purchase. Only refunds, reversals and
 * releases of the purchase change it; so unless one comes later than the candidate, the state at its position is enough.
 */
function leftToReverseOf(
  { account, targets, recorded, accepted }: Judging,
  candidate: PurchaseReversal,
): Micros {
  const { purchaseId } = candidate;
  const last = targets.lastChanges.get(purchaseId);
  const isLast = last === undefined || compareEntries(last, candidate) < 0;
  const whole = isLast ? account : foldEntries([...recorded, ...accepted]);
  const lot = whole.lots.get(lotKey('purchased', purchaseId));
  return lot === undefined ? 0n : leftToReverse(lot);
}

function judgeAmount(candidate: Exclude<JudgedEntry, ReversalRelease>, leftCredits: Micros): Refusal | null {
  if (leftCredits === 0n) return { candidate, reason: 'nothingLeft', leftCredits };
  if (candidate.credits !== null && candidate.credits > leftCredits) {
    return { candidate, reason: 'moreThanLeft', leftCredits };
  }
  return null;
}

interface RefundableDeployment {
  readonly occurredAt: Instant;
  /** The deployment's cost less all recorded refunds, whatever their position. */
  leftCredits: Micros;
}

interface ReleasableReversal {
  readonly occurredAt: Instant;
  readonly purchaseId: string;
  isReleased: boolean;
}

/** The recorded entries that candidates name. */
class JudgedTargets {
  readonly deployments = new Map<string, RefundableDeployment>();
  readonly purchases = new Map<string, Instant>();
  readonly reversals = new Map<string, ReleasableReversal>();
  /** By purchase: the last recorded entry that changes what is left to reverse of it. */
  readonly lastChanges = new Map<string, JudgedEntry>();

  constructor(recorded: readonly Entry[]) {
    for (const entry of recorded) {
      if (entry.type === 'purchase') this.purchases.set(entry.id, entry.occurredAt);
      if (entry.type === 'deployment') {
        this.deployments.set(entry.id, { occurredAt: entry.occurredAt, leftCredits: entry.credits });
      }
      if (entry.type === 'purchaseReversal') this.record(entry);
    }
    for (const entry of recorded) {
      if (entry.type === 'refund' || entry.type === 'reversalRelease') this.record(entry);
      if (isJudged(entry)) this.noteChange(entry);
    }
  }

  record(entry: JudgedEntry): void {
    if (entry.type === 'refund') this.recordRefund(entry);
    if (entry.type === 'purchaseReversal') {
      const { occurredAt, purchaseId } = entry;
      this.reversals.set(entry.id, { occurredAt, purchaseId, isReleased: false });
    }
    if (entry.type === 'reversalRelease') {
      const reversal = this.reversals.get(entry.reversalId);
      if (reversal !== undefined) reversal.isReleased = true;
    }
  }

  private noteChange(entry: JudgedEntry): void {
    const purchaseId = this.changedPurchase(entry);
    if (purchaseId === undefined) return;
    const last = this.lastChanges.get(purchaseId);
    if (last === undefined || compareEntries(last, entry) < 0) this.lastChanges.set(purchaseId, entry);
  }

  private changedPurchase(entry: JudgedEntry): string | undefined {
    if (entry.type === 'purchaseRefund' || entry.type === 'purchaseReversal') return entry.purchaseId;
    return entry.type === 'reversalRelease' ? this.reversals.get(entry.reversalId)?.purchaseId : undefined;
  }

  /** A refund without credits takes all that is left at its position, so nothing is left after it. */
  private recordRefund(refund: Refund): void {
    const deployment = this.deployments.get(refund.deploymentId);
    if (deployment === undefined) return;
    const remaining = refund.credits === null ? 0n : deployment.leftCredits - refund.credits;
    deployment.leftCredits = remaining > 0n ? remaining : 0n;
  }
}
