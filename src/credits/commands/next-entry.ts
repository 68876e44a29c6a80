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

/** What to lock and read for a request. */
export function lockedFor({ userId, command }: EntryRequest): LockQuery {
  return {
    userId,
    entry: { type: command.type, id: command.id },
    moduleId: command.type === 'deployment' ? command.moduleId : undefined,
    deploymentId: command.type === 'refund' ? command.refundedId : undefined,
  };
}

/** What the rules see of a request that is not recorded yet: its command, at its time or now, and its module. */
export function candidateOf(request: EntryRequest, state: LockedAccount): EntryCandidate {
  const command = commandAt(request, timeOfNow(state));
  return { number: 0, command, module: state.module, recorded: null };
}

/** The terms on which it is judged. */
export function termsOf(request: EntryRequest, state: LockedAccount, prices: PriceTerms): JudgingTerms {
  // A time that was not stated cannot lie ahead, not even where the clock has been set back since the last entry.
  const now = request.command.occurredAt === null ? timeOfNow(state) : state.now;
  return { now, callerIds: request.callerIds, ...prices };
}

/**
 * The account that the candidate's entry would join.
 *
 * @throws Problem where there is no such user or module, the time lies ahead, or the module's cost, which the entry
 *         freezes, is not the one that is expected
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

/** Compares with the very module whose cost the entry freezes, so no change of the cost can come between. */
function assertCosts(expectedCost: Micros, { command, module }: EntryCandidate): void {
  if (command.type !== 'deployment' || module === null || module.creditCost === expectedCost) return;
  const extra = { expectedCost: formatDecimal(expectedCost), creditCost: formatDecimal(module.creditCost) };
  throw new Problem(
    MODULES_PROBLEMS.PRICE_CHANGED,
    `Module ${command.moduleId} costs ${extra.creditCost} credits now, and ${extra.expectedCost} were expected; nothing was charged. Send expectedCost ${extra.creditCost} where that is agreed.`,
    { extra },
  );
}

/**
 * Appends the entry of a charge made now, which stands at the end of its user's time.
 *
 * @throws Problem that says why it is refused
 */
export function appendCharge(request: EntryRequest, state: LockedAccount): Recorded {
  const candidate = candidateOf(request, state);
  const terms = termsOf(request, state, NO_PRICES);
  const open = accountOfCandidate(request, candidate, state, terms);
  return appendNext(request, entryOfCommand(candidate.command, candidate.module, terms), open, state);
}

/** Of what was bought at no price that has to be looked up. */
export const NO_PRICES: PriceTerms = { creditsPerUnitChanges: [], creditsPerUnitDefault: 1n };

/**
 * Appends an entry that stands after all others of its user.
 *
 * @throws Problem where it is a charge that cannot be paid, or a refund that the rules refuse; nothing is changed then
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
    isAudited: true,
  };
}

/** The database's clock, or right after the user's last entry where that is later (docs/rules.md, "Entries"). */
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
  if (entry.type !== 'deployment') throw new Error(`A ${entry.type} is no charge.`);
  const partnerId = state.module?.partnerId ?? null;
  if (partnerId !== null && callerIds.has(partnerId) && !callerIds.has(userId)) throwIfRefused(OWN_INTEREST);
  if (state.module?.archived === true) {
    throw new Problem(
      CREDITS_PROBLEMS.MODULE_ARCHIVED,
      `Module ${entry.moduleId} is archived and takes no new deployments; deploy the one that replaces it.`,
    );
  }
  const available = availableCredits(account, entry.pool, entry.occurredAt);
  if (available >= entry.credits) return;
  const kindOfCredits = entry.pool === 'purchased' ? 'purchased credits' : 'credits';
  throw new Problem(
    CREDITS_PROBLEMS.INSUFFICIENT,
    `The deployment costs ${formatDecimal(entry.credits)} ${kindOfCredits} and ${formatDecimal(available)} are there; buy ${formatDecimal(entry.credits - available)} more.`,
    {
      extra: {
        required: formatDecimal(entry.credits),
        available: formatDecimal(available),
        missing: formatDecimal(entry.credits - available),
      },
    },
  );
}

/** Its own, the one that it refunds, and those whose debts its credits settled; ids in bytewise order. */
function deploymentsChangedBy({ entry, settlements }: Posting): string[] {
  const ids = new Set(settlements.flatMap(({ spend }) => (spend.type === 'deployment' ? [spend.id] : [])));
  if (entry.type === 'deployment') ids.add(entry.id);
  if (entry.type === 'refund') ids.add(entry.deploymentId);
  return [...ids].sort();
}
