import type { Instant } from '../instant.js';
import { copyAccount, emptyAccount, spendKey, type Account, type SpendState } from './account.js';
import { forgetDebt, settleDebts } from './debts.js';
import type { Entry, Refund, SpendingEntry } from './entry.js';
import { addUnpaid, lapseUntil, openLot, payFromLots, returnToLot, withdraw } from './lots.js';
import { compareEntries } from './order.js';
import type { Lapse, Payment, Posting, Return } from './posting.js';
import { creditsTaken, release, reverse } from './reversal.js';

/** Thrown if entries are not in the ledger's order, or if an entry refers to one that was never recorded. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
}

type Effects = Omit<Posting, 'entry' | 'before' | 'after' | 'lapses'>;

const NO_EFFECTS: Effects = {
  payments: [],
  settlements: [],
  returns: [],
  cancelledCredits: 0n,
  withdrawal: null,
  reversal: null,
  release: null,
  shortfallCredits: 0n,
};

/**
 * Folds a user's entries, given in any order, into the state after the last of them.
 *
 * @param entries accepted entries, each once
 * @param checkpoint the state after earlier entries, all before the first of these; it is not changed
 * @throws HistoryError if an entry comes before the checkpoint, occurs twice, or refers to an entry that is missing
 */
export function foldEntries(entries: Iterable<Entry>, checkpoint: Account = emptyAccount()): Account {
  const account = copyAccount(checkpoint);
  for (const entry of [...entries].sort(compareEntries)) applyEntry(account, entry);
  return account;
}

/** Folds a user's whole history, given in any order, and returns each entry's posting too, in the ledger's order. */
export function traceEntries(entries: Iterable<Entry>): { account: Account; postings: Posting[] } {
  const account = emptyAccount();
  const postings = [...entries].sort(compareEntries).map((entry) => applyEntry(account, entry));
  return { account, postings };
}

/**
 * Applies the next entry to an account, which it changes in place. Only this function applies docs/rules.md.
 *
 * @returns the posting: everything that the entry did
 * @throws HistoryError as foldEntries
 */
export function applyEntry(account: Account, entry: Entry): Posting {
  if (account.foldedTo !== null && compareEntries(account.foldedTo, entry) >= 0) {
    throw new HistoryError(
      `${entry.type} ${entry.id} does not come after ${account.foldedTo.type} ${account.foldedTo.id}`,
    );
  }
  const lapses = lapseUntil(account, entry.occurredAt);
  const before = account.balance;
  const effects = effectsOf(account, entry);
  account.foldedTo = { occurredAt: entry.occurredAt, type: entry.type, id: entry.id };
  return { entry, before, after: account.balance, lapses, ...effects };
}

/**
 * The state of an account at an instant after its last entry: lots that expire until then have lapsed. The stored
 * state is folded up to the last entry only, so it does not depend on the time at which it was computed.
 */
export function accountAt(account: Account, at: Instant): Account {
  return letLapse(account, at).account;
}

/**
 * Computes the lapses after an account's last entry, up to an instant. A history that is read at that instant ends
 * with them.
 *
 * @param account is not changed
 * @returns the account at the instant, and the lapses until then, in the ledger's order
 */
export function letLapse(account: Account, at: Instant): { account: Account; lapses: Lapse[] } {
  const later = copyAccount(account);
  const lapses = lapseUntil(later, at);
  return { account: later, lapses };
}

function effectsOf(account: Account, entry: Entry): Effects {
  switch (entry.type) {
    case 'award':
    case 'purchase':
      openLot(account, entry);
      return { ...NO_EFFECTS, settlements: settleDebts(account, entry.occurredAt) };
    case 'deployment':
    case 'spend':
      return { ...NO_EFFECTS, payments: charge(account, entry) };
    case 'refund':
      return refund(account, entry);
    case 'purchaseRefund': {
      const withdrawal = withdraw(account, entry);
      const withdrawn = withdrawal?.credits ?? 0n;
      return { ...NO_EFFECTS, withdrawal, shortfallCredits: (entry.credits ?? withdrawn) - withdrawn };
    }
    case 'purchaseReversal': {
      const reversal = reverse(account, entry);
      const taken = reversal === null ? 0n : creditsTaken(reversal);
      const settlements = settleDebts(account, entry.occurredAt);
      return { ...NO_EFFECTS, reversal, settlements, shortfallCredits: (entry.credits ?? taken) - taken };
    }
    case 'reversalRelease': {
      const released = release(account, entry);
      return { ...NO_EFFECTS, release: released, settlements: settleDebts(account, entry.occurredAt) };
    }
  }
}

function charge(account: Account, entry: SpendingEntry): Payment[] {
  const spend: SpendState = {
    type: entry.type,
    id: entry.id,
    occurredAt: entry.occurredAt,
    pool: entry.pool,
    cost: entry.credits,
    allocations: [],
    unpaidCredits: 0n,
    refundedCredits: 0n,
  };
  account.spends.set(spendKey(spend.type, spend.id), spend);
  addUnpaid(account, spend, entry.credits);
  const allocations = payFromLots(account, spend, entry.occurredAt);
  if (spend.unpaidCredits > 0n) account.debts.push(spend);
  return allocations.map((allocation) => ({ spend, allocation }));
}

/** Takes back the unpaid part first, then the allocations in the reverse of the order in which they paid. */
function refund(account: Account, entry: Refund): Effects {
  const spend = account.spends.get(spendKey('deployment', entry.deploymentId));
  if (spend === undefined)
    throw new HistoryError(`refund ${entry.id} refers to an unknown deployment: ${entry.deploymentId}`);
  const left = spend.cost - spend.refundedCredits;
  const asked = entry.credits ?? left;
  const taken = asked < left ? asked : left;

  const cancelledCredits = taken < spend.unpaidCredits ? taken : spend.unpaidCredits;
  addUnpaid(account, spend, -cancelledCredits);
  if (cancelledCredits > 0n && spend.unpaidCredits === 0n) forgetDebt(account, spend);

  const returns: Return[] = [];
  let outstanding = taken - cancelledCredits;
  for (const allocation of [...spend.allocations].reverse()) {
    if (outstanding === 0n) break;
    if (allocation.credits === 0n) continue;
    const credits = allocation.credits < outstanding ? allocation.credits : outstanding;
    returns.push(returnToLot(account, allocation, credits, entry.occurredAt));
    outstanding -= credits;
  }
  spend.refundedCredits += taken;
  const settlements = settleDebts(account, entry.occurredAt);
  return { ...NO_EFFECTS, returns, cancelledCredits, settlements, shortfallCredits: asked - taken };
}
