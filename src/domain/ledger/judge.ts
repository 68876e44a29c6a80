import type { Micros } from '../decimal.js';
import type { Instant } from '../instant.js';
import { emptyAccount, lotKey, spendKey, type Account } from './account.js';
import { isRefunding, type Entry, type PurchaseRefund, type Refund, type RefundingEntry } from './entry.js';
import { applyEntry } from './fold.js';
import { leftCreditsAt } from './lots.js';
import { compareEntries } from './order.js';

/** Why a refund or purchaseRefund cannot be recorded. */
export type RefusalReason =
  /** The deployment or purchase was never recorded for this user. */
  | 'unknownTarget'
  /** The refund's time is before its deployment's. */
  | 'beforeTarget'
  /** Nothing is left to refund, or the lot is empty at the refund's position. */
  | 'nothingLeft'
  /** The refund asks for more than is left. */
  | 'moreThanLeft';

export interface Refusal {
  readonly candidate: RefundingEntry;
  readonly reason: RefusalReason;
  /** Credits that could be refunded. */
  readonly leftCredits: Micros;
}

export interface Judgement {
  /** The state after all recorded entries and the accepted candidates. */
  readonly account: Account;
  readonly accepted: readonly RefundingEntry[];
  readonly refused: readonly Refusal[];
}

/**
 * Folds recorded entries and judges candidates among them, in the ledger's order. A refusal is decided once
 * (docs/rules.md).
 *
 * One pass is enough: the rest of a deployment depends only on its cost and its recorded refunds, whatever their
 * position. The rest of a lot at a candidate's position depends only on the entries before that position.
 *
 * @param recorded entries that are in the ledger, or are added to it without judging
 * @param candidates refunds and purchaseRefunds to judge
 */
export function judgeAndFold(
  recorded: readonly Entry[],
  candidates: readonly RefundingEntry[] = [],
): Judgement {
  const account = emptyAccount();
  const toJudge = new Set<Entry>(candidates);
  const targets = new RefundTargets(recorded);
  const accepted: RefundingEntry[] = [];
  const refused: Refusal[] = [];
  for (const entry of [...recorded, ...candidates].sort(compareEntries)) {
    if (toJudge.has(entry) && isRefunding(entry)) {
      const refusal = judge(account, targets, entry);
      if (refusal !== null) {
        refused.push(refusal);
        continue;
      }
      accepted.push(entry);
      if (entry.type === 'refund') targets.record(entry);
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
export function judgeNext(account: Account, candidate: RefundingEntry): Refusal | null {
  if (candidate.type === 'purchaseRefund') return judgeWithdrawal(account, candidate);
  const spend = account.spends.get(spendKey('deployment', candidate.deploymentId));
  if (spend === undefined) return { candidate, reason: 'unknownTarget', leftCredits: 0n };
  return judgeAmount(candidate, spend.cost - spend.refundedCredits);
}

function judge(account: Account, targets: RefundTargets, candidate: RefundingEntry): Refusal | null {
  return candidate.type === 'refund'
    ? judgeRefund(targets, candidate)
    : judgePurchaseRefund(account, targets, candidate);
}

function judgeRefund(targets: RefundTargets, candidate: Refund): Refusal | null {
  const deployment = targets.deployment(candidate.deploymentId);
  if (deployment === undefined) return { candidate, reason: 'unknownTarget', leftCredits: 0n };
  if (candidate.occurredAt < deployment.occurredAt) {
    return { candidate, reason: 'beforeTarget', leftCredits: deployment.leftCredits };
  }
  return judgeAmount(candidate, deployment.leftCredits);
}

function judgePurchaseRefund(
  account: Account,
  targets: RefundTargets,
  candidate: PurchaseRefund,
): Refusal | null {
  if (!targets.hasPurchase(candidate.purchaseId))
    return { candidate, reason: 'unknownTarget', leftCredits: 0n };
  return judgeWithdrawal(account, candidate);
}

function judgeWithdrawal(account: Account, candidate: PurchaseRefund): Refusal | null {
  const lot = account.lots.get(lotKey('purchased', candidate.purchaseId));
  return judgeAmount(candidate, lot === undefined ? 0n : leftCreditsAt(lot, candidate.occurredAt));
}

function judgeAmount(candidate: RefundingEntry, leftCredits: Micros): Refusal | null {
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

/** Credits of each deployment that can still be refunded. */
class RefundTargets {
  private readonly deployments = new Map<string, RefundableDeployment>();
  private readonly purchases = new Set<string>();

  constructor(recorded: readonly Entry[]) {
    for (const entry of recorded) {
      if (entry.type === 'purchase') this.purchases.add(entry.id);
      if (entry.type === 'deployment') {
        this.deployments.set(entry.id, { occurredAt: entry.occurredAt, leftCredits: entry.credits });
      }
    }
    for (const entry of recorded) if (entry.type === 'refund') this.record(entry);
  }

  hasPurchase(id: string): boolean {
    return this.purchases.has(id);
  }

  deployment(id: string): Readonly<RefundableDeployment> | undefined {
    return this.deployments.get(id);
  }

  /** A refund without credits takes all that is left at its position, so nothing is left after it. */
  record(refund: Refund): void {
    const deployment = this.deployments.get(refund.deploymentId);
    if (deployment === undefined) return;
    const remaining = refund.credits === null ? 0n : deployment.leftCredits - refund.credits;
    deployment.leftCredits = remaining > 0n ? remaining : 0n;
  }
}
