import {
  spendKey,
  type Account,
  type Micros,
  type Payment,
  type Posting,
  type SpendState,
} from '../../domain/index.js';

/** Credits that came in later, or came back with a release, and paid a part of the deployment's debt. */
export interface Settlement {
  readonly posting: Posting;
  readonly credits: Micros;
  readonly value: Micros;
}

/** A refund of the deployment, and the credits that it took back: first from the unpaid part, then from allocations. */
export interface TakenBack {
  readonly posting: Posting;
  readonly credits: Micros;
  readonly value: Micros;
}

/** A reversal of a purchase that took back what it had paid for the deployment. */
export interface PaymentTakenBack {
  readonly posting: Posting;
  readonly parts: readonly { readonly lotId: string; readonly credits: Micros; readonly value: Micros }[];
  readonly credits: Micros;
  readonly value: Micros;
}

/** Everything that happened to one deployment, from the user's history. */
export interface DeploymentStory {
  readonly spend: SpendState;
  /** The posting of the deployment itself. */
  readonly charge: Posting;
  readonly settlements: readonly Settlement[];
  readonly refunds: readonly TakenBack[];
  readonly reversals: readonly PaymentTakenBack[];
}

/**
 * Collects the story of one deployment from the whole history of its user.
 *
 * @throws Error if the history does not contain the deployment: ledger and report disagree
 */
export function storyOf(
  deploymentId: string,
  { account, postings }: { readonly account: Account; readonly postings: readonly Posting[] },
): DeploymentStory {
  const spend = account.spends.get(spendKey('deployment', deploymentId));
  const charge = postings.find(({ entry }) => entry.type === 'deployment' && entry.id === deploymentId);
  if (spend === undefined || charge === undefined) {
    throw new Error(
      `The credit history of the user does not contain deployment ${deploymentId}. Run verify.`,
    );
  }
  return {
    spend,
    charge,
    settlements: postings.flatMap((posting) => settlementIn(posting, spend)),
    refunds: postings.flatMap((posting) => refundIn(posting, deploymentId)),
    reversals: postings.flatMap((posting) => reversalIn(posting, spend)),
  };
}

function settlementIn(posting: Posting, spend: SpendState): Settlement[] {
  const payments = [...(posting.release?.payments ?? []), ...posting.settlements].filter(
    (payment) => payment.spend === spend,
  );
  if (payments.length === 0) return [];
  const taken = (part: (allocation: Payment['allocation']) => Micros): Micros =>
    payments.reduce((sum, { allocation }) => sum + part(allocation), 0n);
  return [
    {
      posting,
      credits: taken(({ takenCredits }) => takenCredits),
      value: taken(({ takenValue }) => takenValue),
    },
  ];
}

function refundIn(posting: Posting, deploymentId: string): TakenBack[] {
  const { entry, returns, cancelledCredits } = posting;
  if (entry.type !== 'refund' || entry.deploymentId !== deploymentId) return [];
  return [
    {
      posting,
      credits: returns.reduce((sum, { credits }) => sum + credits, cancelledCredits),
      value: returns.reduce((sum, { value }) => sum + value, 0n),
    },
  ];
}

function reversalIn(posting: Posting, spend: SpendState): PaymentTakenBack[] {
  const parts = (posting.reversal?.takenBack ?? [])
    .filter((part) => part.spend === spend)
    .map(({ allocation, credits, value }) => ({ lotId: allocation.lot.id, credits, value }));
  if (parts.length === 0) return [];
  return [
    {
      posting,
      parts,
      credits: parts.reduce((sum, { credits }) => sum + credits, 0n),
      value: parts.reduce((sum, { value }) => sum + value, 0n),
    },
  ];
}
