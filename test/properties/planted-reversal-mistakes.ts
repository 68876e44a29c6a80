import type { CaughtMistake } from './planted-mistakes.js';

const SLOW = 'equals the slow version, entry by entry';
const INVARIANTS = 'keeps the invariants of docs/rules.md after every entry';
const CONSERVED = 'neither makes nor loses credits or money';
const NOT_NEGATIVE = 'knows no balance below zero';
const DEBTS = 'leaves no debt open that an open lot may pay';
const COPIED = 'folds on from copied checkpoints as it folds at once';
const JUDGED = 'judges refunds as if each came alone, after all that was recorded before';
const JUDGED_LATE = 'judges refunds by earlier ones of any place in the order';

/** Mistakes in taking money back and in releasing it. */
export const PLANTED_REVERSAL_MISTAKES: Readonly<Record<string, CaughtMistake>> = {
  'takings reversed oldest first': {
    file: 'ledger/reversal.ts',
    replace: 'right.allocation.taking - left.allocation.taking',
    by: 'left.allocation.taking - right.allocation.taking',
    caughtBy: [SLOW],
  },
  'takings reversed as one sum': {
    file: 'ledger/reversal.ts',
    replace: 'takenBack.push({ spend, allocation, credits, value: takeBack(allocation, credits) });',
    by: `const value = proportion(lot.paidValue, credits, lot.paidCredits);
    allocation.credits -= credits;
    allocation.value -= value;
    lot.paidCredits -= credits;
    lot.paidValue -= value;
    takenBack.push({ spend, allocation, credits, value });`,
    caughtBy: [SLOW, NOT_NEGATIVE],
  },
  'what was paid reversed before what has lapsed': {
    file: 'ledger/reversal.ts',
    replace: 'const lapsed = takeLapsed(lot, outstanding);',
    by: `const kept = outstanding - lot.paidCredits;
  const lapsed = takeLapsed(lot, kept > 0n ? kept : 0n);`,
    caughtBy: [SLOW],
  },
  'the value of what has lapsed lost in a reversal': {
    file: 'ledger/reversal.ts',
    replace: 'lot.lapsedValue -= value;\n  return { credits, value };',
    by: 'lot.lapsedValue -= value;\n  return { credits, value: 0n };',
    caughtBy: [SLOW, INVARIANTS, CONSERVED],
  },
  'reversed spends as the last debts': {
    file: 'ledger/debts.ts',
    replace: 'next === -1 ? account.debts.length : next',
    by: 'account.debts.length',
    caughtBy: [SLOW],
  },
  'a reversal that settles nothing': {
    file: 'ledger/fold.ts',
    replace:
      'const settlements = settleDebts(account, entry.occurredAt);\n      return { ...NO_EFFECTS, reversal',
    by: 'const settlements: Payment[] = [];\n      return { ...NO_EFFECTS, reversal',
    caughtBy: [SLOW, DEBTS],
  },
  'a release that settles nothing': {
    file: 'ledger/fold.ts',
    replace: 'release: released, settlements: settleDebts(account, entry.occurredAt) };',
    by: 'release: released };',
    caughtBy: [SLOW, DEBTS],
  },
  'a reversal released twice': {
    file: 'ledger/reversal.ts',
    replace: 'account.reversals.delete(reversalId);',
    by: '',
    caughtBy: [SLOW, NOT_NEGATIVE],
  },
  'a release into an expired lot that lives again': {
    file: 'ledger/reversal.ts',
    replace: 'putBack(account, lot, returned, occurredAt)',
    by: 'putBack(account, lot, returned, -1n)',
    caughtBy: [SLOW],
  },
  'a release that pays the newest taking first': {
    file: 'ledger/reversal.ts',
    replace: '    .reverse()\n    .map(({ spend',
    by: '    .map(({ spend',
    caughtBy: [SLOW],
  },
  'a release that pays a spend more than it owes': {
    file: 'ledger/reversal.ts',
    replace: 'const credits = part.credits < spend.unpaidCredits ? part.credits : spend.unpaidCredits;',
    by: 'const credits = part.credits;',
    caughtBy: [SLOW, INVARIANTS],
  },
  'reversals before the purchaseRefunds of their instant': {
    file: 'ledger/order.ts',
    replace: '  purchaseRefund: 6,\n  purchaseReversal: 7,',
    by: '  purchaseRefund: 7,\n  purchaseReversal: 6,',
    caughtBy: [SLOW, JUDGED],
  },
  'a checkpoint that forgets reversals': {
    file: 'ledger/account.ts',
    replace: 'for (const [id, reversal] of account.reversals) copy.reversals.set(id, reversal);',
    by: '',
    caughtBy: [COPIED],
  },
  'a reversal judged by what is left at its place': {
    file: 'ledger/judge.ts',
    replace: 'const whole = isLast ? account : foldEntries([...recorded, ...accepted]);',
    by: 'const whole = account;',
    caughtBy: [JUDGED_LATE],
  },
  'judging that forgets earlier releases': {
    file: 'ledger/judge.ts',
    replace: "if (entry.type === 'refund' || entry.type === 'reversalRelease') this.record(entry);",
    by: "if (entry.type === 'refund') this.record(entry);",
    caughtBy: [JUDGED_LATE],
  },
  'no release at the instant of the reversal': {
    file: 'ledger/judge.ts',
    replace: 'candidate.occurredAt < reversal.occurredAt',
    by: 'candidate.occurredAt <= reversal.occurredAt',
    caughtBy: [JUDGED],
  },
};
