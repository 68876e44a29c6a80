import {
  availableCredits,
  formatDecimal,
  judgeNext,
  type Account,
  type Deployment,
  type Entry,
  type Instant,
  type Micros,
  type NextJudged,
  type Posting,
} from '../../domain/index.js';
import { MODULES_PROBLEMS } from '../../modules/index.js';
import { Problem } from '../../platform/problem/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import type { LockedAccount, LockQuery } from '../accounts/locked-account.js';
import type { OpenAccount } from '../accounts/open-account.js';
import type { EntryCandidate, JudgingTerms } from './candidate.js';
import { entryOfCommand } from './entry-command.js';
import { commandAt, type EntryRequest } from './entry-request.js';
import { outcomeByItself } from './judge-commands.js';
import type { PriceTerms } from './purchase.js';
import type { Recorded } from './recorded.js';
import { outcomeOfRefusal, OWN_INTEREST, throwIfRefused } from './refusals.js';

/** Returns what to lock and read for a request. */
export function lockedFor({ userId, command }: EntryRequest): LockQuery {
  return {
    userId,
    entry: { type: command.type, id: command.id },
    moduleId: command.type === 'deployment' ? command.moduleId : undefined,
    deploymentId: command.type === 'refund' ? command.refundedId : undefined,
  };
}

/** Builds the candidate of a request that is not yet recorded. Without a time it happens now. */
export function candidateOf(request: EntryRequest, state: LockedAccount): EntryCandidate {
  const command = commandAt(request, timeOfNow(state));
  return { number: 0, command, module: state.module, recorded: null };
}

export function termsOf(request: EntryRequest, state: LockedAccount, prices: PriceTerms): JudgingTerms {
  // A time that was not given is never in the future, even if the clock was set back since the last entry.
  const now = request.command.occurredAt === null ? timeOfNow(state) : state.now;
  return { now, callerIds: request.callerIds, ...prices };
}

/**
 * Returns the account to which the candidate's entry can be appended.
 *
 * @throws Problem if there is no such user or module, if the time is in the future, or if the module's cost is not the
 *         expected one
 */
export function accountOfCandidate(
  { expectedCost }: EntryRequest,
  candidate: EntryCandidate,
  { open }: LockedAccount,
  terms: JudgingTerms,
): OpenAccount {
  throwIfRefused(outcomeByItself(candidate, open !== null, terms));
  if (open === null) throw new Error('A request of an unknown user was not refused.');
  if (expectedCost !== null) assertCosts(expectedCost, candidate);
  return open;
}

/** Compares with the locked module, whose cost the entry freezes, so the cost cannot change in between. */
function assertCosts(expectedCost: Micros, { command, module }: EntryCandidate): void {
  if (command.type !== 'deployment' || module === null || module.creditCost === expectedCost) return;
  const extra = { expectedCost: formatDecimal(expectedCost), creditCost: formatDecimal(module.creditCost) };
  throw new Problem(
    MODULES_PROBLEMS.PRICE_CHANGED,
    `Module ${command.moduleId} costs ${extra.creditCost} credits, not ${extra.expectedCost} as expected; nothing was charged. To deploy it at that cost, send expectedCost ${extra.creditCost}.`,
    { extra },
  );
}

/**
 * Appends the entry of a charge made now, which comes after all others of its user.
 *
 * @throws Problem with the reason if it is refused
 */
export function appendCharge(request: EntryRequest, state: LockedAccount): Recorded {
  const candidate = candidateOf(request, state);
  const terms = termsOf(request, state, NO_PRICES);
  const open = accountOfCandidate(request, candidate, state, terms);
  return appendNext(request, entryOfCommand(candidate.command, candidate.module, terms), open, state);
}

/** Prices for entries that need none. */
export const NO_PRICES: PriceTerms = { creditsPerUnitChanges: [], creditsPerUnitDefault: 1n };

/**
 * Appends an entry that comes after all others of its user.
 *
 * @throws Problem if it is a charge that cannot be paid, or a refund that the rules refuse; nothing is changed then
 */
export function appendNext(
  request: EntryRequest,
  entry: Entry,
  open: OpenAccount,
  state: LockedAccount,
): Recorded {
  const { account, userId } = open;
  if (request.isCharge) assertChargeable(request, account, entry, state);
  const refusal = isNextJudged(entry) ? judgeNext(account, entry) : null;
  if (refusal !== null) throwIfRefused(outcomeOfRefusal(refusal));
  const posting = open.append(entry, state.module?.partnerId ?? null);
  const changedDeployments = deploymentsChangedBy(posting);
  return {
    outcome: 'added',
    userId,
    entry,
    posting,
    account,
    now: state.now,
    changedDeployments,
    effects: null,
    isAudited: true,
  };
}

/** Reversals and releases never come here: they are folded with the whole history (`EntryRecorder`). */
function isNextJudged(entry: Entry): entry is NextJudged {
  return entry.type === 'refund' || entry.type === 'purchaseRefund';
}

/** The database's clock, or right after the user's last entry if that is later (docs/rules.md, "Entries"). */
function timeOfNow({ now, open }: LockedAccount): Instant {
  const last = open?.account.foldedTo?.occurredAt ?? now - 1n;
  return last < now ? now : last + 1n;
}

function assertChargeable(
  { userId, callerIds }: EntryRequest,
  account: Account,
  entry: Entry,
  state: LockedAccount,
): void {
  if (entry.type !== 'deployment') throw new Error(`A ${entry.type} cannot be a charge.`);
  const partnerId = state.module?.partnerId ?? null;
  if (partnerId !== null && callerIds.has(partnerId) && !callerIds.has(userId)) throwIfRefused(OWN_INTEREST);
  if (state.module?.archived === true) {
    throw new Problem(
      CREDITS_PROBLEMS.MODULE_ARCHIVED,
      `Module ${entry.moduleId} is archived, so it cannot be deployed. Deploy another module.`,
    );
  }
  const available = availableCredits(account, entry.pool, entry.occurredAt);
  if (available >= entry.credits) return;
  throw insufficient(entry, available, debtsBeforePurchases(account));
}

/** Credits that a user owes, and that purchased credits settle before they can pay for anything new. */
function debtsBeforePurchases({ debts }: Account): Micros {
  return debts
    .filter(({ pool }) => pool !== 'free')
    .reduce((sum, { unpaidCredits }) => sum + unpaidCredits, 0n);
}

/** Credits that come in settle debts first, so a user who owes credits has to buy as many more. */
function insufficient({ credits, pool }: Deployment, available: Micros, unpaid: Micros): Problem {
  const kindOfCredits = pool === 'purchased' ? 'purchased credits' : 'credits';
  const debt =
    unpaid === 0n ? '' : ` and owes ${formatDecimal(unpaid)}, which purchased credits settle first`;
  return new Problem(
    CREDITS_PROBLEMS.INSUFFICIENT,
    `The deployment costs ${formatDecimal(credits)} ${kindOfCredits}; the user has ${formatDecimal(available)}${debt}. Buy ${formatDecimal(credits - available + unpaid)} more.`,
    {
      extra: {
        required: formatDecimal(credits),
        available: formatDecimal(available),
        missing: formatDecimal(credits - available),
        unpaid: formatDecimal(unpaid),
      },
    },
  );
}

/** Ids, bytewise: the deployment itself, the refunded one, and those whose debts the entry's credits settled. */
function deploymentsChangedBy({ entry, settlements }: Posting): string[] {
  const ids = new Set(settlements.flatMap(({ spend }) => (spend.type === 'deployment' ? [spend.id] : [])));
  if (entry.type === 'deployment') ids.add(entry.id);
  if (entry.type === 'refund') ids.add(entry.deploymentId);
  return [...ids].sort();
}
