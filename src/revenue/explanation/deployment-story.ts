import {
  spendKey,
  type Account,
  type Micros,
  type Payment,
  type Posting,
  type SpendState,
} from '../../domain/index.js';

/** Credits that came in later and settled a part of what the deployment owed. */
export interface Settlement {
  readonly posting: Posting;
  readonly credits: Micros;
  readonly value: Micros;
}

/** A refund of the deployment, and what it took back: from the unpaid part, then from allocations. */
export interface TakenBack {
  readonly posting: Posting;
  readonly credits: Micros;
  readonly value: Micros;
}

/** All that a user's history says about one deployment. */
export interface DeploymentStory {
  readonly spend: SpendState;
  /** What happened when it was deployed. */
  readonly charge: Posting;
  readonly settlements: readonly Settlement[];
  readonly refunds: readonly TakenBack[];
}

/**
 * Picks one deployment's story out of its user's whole history.
 *
 * @throws Error where the history does not have the deployment: the ledger and the report's row disagree
 */
export function storyOf(
  deploymentId: string,
  { account, postings }: { readonly account: Account; readonly postings: readonly Posting[] },
): DeploymentStory {
  const spend = account.spends.get(spendKey('deployment', deploymentId));
  const charge = postings.find(({ entry }) => entry.type === 'deployment' && entry.id === deploymentId);
  if (spend === undefined || charge === undefined) {
    throw new Error(`The history of its user has no deployment ${deploymentId}; run verify.`);
  }
  return {
    spend,
    charge,
    settlements: postings.flatMap((posting) => settlementIn(posting, spend)),
    refunds: postings.flatMap((posting) => refundIn(posting, deploymentId)),
  };
}

function settlementIn(posting: Posting, spend: SpendState): Settlement[] {
  const payments = posting.settlements.filter((payment) => payment.spend === spend);
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
