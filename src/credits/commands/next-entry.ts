import {
  availableCredits,
  formatDecimal,
  isRefunding,
  judgeNext,
  type Account,
  type Entry,
  type Instant,
  type Micros,
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
  const refusal = isRefunding(entry) ? judgeNext(account, entry) : null;
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
  const kindOfCredits = entry.pool === 'purchased' ? 'purchased credits' : 'credits';
  throw new Problem(
    CREDITS_PROBLEMS.INSUFFICIENT,
    `The deployment costs ${formatDecimal(entry.credits)} ${kindOfCredits}; the user has ${formatDecimal(available)}. Buy ${formatDecimal(entry.credits - available)} more.`,
    {
      extra: {
        required: formatDecimal(entry.credits),
        available: formatDecimal(available),
        missing: formatDecimal(entry.credits - available),
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
