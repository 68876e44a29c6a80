import type { Instant } from '../instant.js';
import type { Account, SpendState } from './account.js';
import { addUnpaid, payFromLots } from './lots.js';
import { compareEntries } from './order.js';
import type { Micros } from '../decimal.js';
import type { Payment } from './posting.js';

/** Settles open debts with credits that came in, in the debts' own order; skips debts whose pool forbids them. */
export function settleDebts(account: Account, at: Instant): Payment[] {
  const settlements: Payment[] = [];
  for (const spend of [...account.debts]) {
    const allocations = payFromLots(account, spend, at);
    settlements.push(...allocations.map((allocation) => ({ spend, allocation })));
    if (spend.unpaidCredits === 0n) forgetDebt(account, spend);
  }
  return settlements;
}

/** Makes credits of a spend unpaid again: a debt at its own place, wherever that is among the open ones. */
export function oweAgain(account: Account, spend: SpendState, credits: Micros): void {
  if (spend.unpaidCredits === 0n) {
    const next = account.debts.findIndex((debt) => compareEntries(debt, spend) > 0);
    account.debts.splice(next === -1 ? account.debts.length : next, 0, spend);
  }
  addUnpaid(account, spend, credits);
}

/** Removes a spend from the open debts. */
export function forgetDebt(account: Account, spend: SpendState): void {
  account.debts.splice(account.debts.indexOf(spend), 1);
}
