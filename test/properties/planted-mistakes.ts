import type { LEDGER_PROPERTIES } from './ledger-properties.js';
import type { PlantedMistake } from './planted-mistake.js';
import type { SHARE_PROPERTIES } from './share-properties.js';
import type { VALUE_PROPERTIES } from './value-properties.js';

type PropertyName =
  | keyof typeof LEDGER_PROPERTIES
  | keyof typeof VALUE_PROPERTIES
  | keyof typeof SHARE_PROPERTIES;

export interface CaughtMistake extends PlantedMistake {
  /** Every one of these properties must fail. */
  readonly caughtBy: readonly PropertyName[];
}

const SLOW = 'equals the slow version, entry by entry';
const INVARIANTS = 'keeps the invariants of docs/rules.md after every entry';
const CONSERVED = 'neither makes nor loses credits or money';
const NOT_NEGATIVE = 'knows no balance below zero';
const DEBTS = 'leaves no debt open that an open lot may pay';
const ARRIVAL = 'ends the same in any order of arrival';
const COPIED = 'folds on from copied checkpoints as it folds at once';
const STORED = 'folds on from stored open lots, debts and refund targets as it folds at once';
const JUDGED = 'judges refunds as if each came alone, after all that was recorded before';
const JUDGED_LATE = 'judges refunds by earlier ones of any place in the order';
const LEFT_OUT = 'keeps every value at 0 or above when entries are left out';
const LATER = 'lets pass at a later instant what expires by then, and nothing else';

/** Mistakes that a developer could make, and the properties that must detect each of them. */
export const PLANTED_MISTAKES: Readonly<Record<string, CaughtMistake>> = {
  'deployments before the purchases of their instant': {
    file: 'ledger/order.ts',
    replace: '  purchase: 2,\n  deployment: 3,',
    by: '  purchase: 3,\n  deployment: 2,',
    caughtBy: [SLOW, 'puts any two entries in the one order'],
  },
  'purchaseRefunds before the refunds of their instant': {
    file: 'ledger/order.ts',
    replace: '  refund: 5,\n  purchaseRefund: 6,',
    by: '  refund: 6,\n  purchaseRefund: 5,',
    caughtBy: [SLOW, JUDGED],
  },
  'ids compared by length': {
    file: 'platform-id.ts',
    replace: 'return left < right ? -1 : left > right ? 1 : 0;',
    by: 'return left.length - right.length;',
    caughtBy: ['puts any two entries in the one order', SLOW],
  },
  'ids compared as numbers if both are numbers': {
    file: 'platform-id.ts',
    replace: 'return left < right ? -1 : left > right ? 1 : 0;',
    by: 'return Number(left) - Number(right) || (left < right ? -1 : left > right ? 1 : 0);',
    caughtBy: ['keeps the one order over three entries'],
  },
  'entries folded as they arrive': {
    file: 'ledger/fold.ts',
    replace: 'for (const entry of [...entries].sort(compareEntries)) applyEntry(account, entry);',
    by: 'for (const entry of entries) { account.foldedTo = null; applyEntry(account, entry); }',
    caughtBy: [ARRIVAL],
  },
  'purchased credits before free ones': {
    file: 'ledger/lots.ts',
    replace: "any: ['free', 'purchased'],",
    by: "any: ['purchased', 'free'],",
    caughtBy: [SLOW],
  },
  'the latest expiry first': {
    file: 'ledger/account.ts',
    replace: 'return left.expiresAt < right.expiresAt ? -1 : 1;',
    by: 'return left.expiresAt < right.expiresAt ? 1 : -1;',
    caughtBy: [SLOW],
  },
  'lots that never expire first': {
    file: 'ledger/account.ts',
    replace: 'if (left.expiresAt === null) return 1;\n    if (right.expiresAt === null) return -1;',
    by: 'if (left.expiresAt === null) return -1;\n    if (right.expiresAt === null) return 1;',
    caughtBy: [SLOW],
  },
  'lots of one expiry in the order of their return': {
    file: 'ledger/account.ts',
    replace: 'return compareEntries(positionOf(left), positionOf(right));',
    by: 'return 0;',
    caughtBy: [SLOW],
  },
  'value rounded up': {
    file: 'decimal.ts',
    replace: '(value * part) / whole;',
    by: '(value * part + whole - 1n) / whole;',
    caughtBy: [SLOW, 'cuts a part of a value as long division does, and gives the whole for the whole'],
  },
  'value rounded half up': {
    file: 'decimal.ts',
    replace: '(value * part) / whole;',
    by: '(2n * value * part + whole) / (2n * whole);',
    caughtBy: [SLOW, 'cuts a part of a value as long division does, and gives the whole for the whole'],
  },
  'value by the price at which the lot was bought, so that the last credit leaves some behind': {
    file: 'ledger/lots.ts',
    replace: 'const value = proportion(lot.leftValue, credits, lot.leftCredits);',
    by: 'const value = proportion(lot.acquiredValue, credits, lot.acquiredCredits);',
    caughtBy: [SLOW, CONSERVED],
  },
  'value of a returned part by what the allocation once took': {
    file: 'ledger/lots.ts',
    replace: 'const value = proportion(allocation.value, credits, allocation.credits);',
    by: 'const value = proportion(allocation.takenValue, credits, allocation.takenCredits);',
    caughtBy: [SLOW, CONSERVED],
  },
  'a lot that can still pay at the instant of its expiry': {
    file: 'ledger/lots.ts',
    replace: 'return lot.expiresAt !== null && lot.expiresAt <= at;',
    by: 'return lot.expiresAt !== null && lot.expiresAt < at;',
    caughtBy: [SLOW, LATER],
  },
  'expiries of one instant in the order of payment': {
    file: 'ledger/lots.ts',
    replace: 'const due = [...expiredAmong(free, at), ...expiredAmong(purchased, at)].sort(compareExpiries);',
    by: 'const due = [...expiredAmong(free, at), ...expiredAmong(purchased, at)];',
    caughtBy: [SLOW],
  },
  'value that is lost when credits lapse': {
    file: 'ledger/lots.ts',
    replace: 'lot.lapsedValue += value;\n    return { lot,',
    by: 'return { lot,',
    caughtBy: [INVARIANTS, CONSERVED],
  },
  'debts settled last one first': {
    file: 'ledger/debts.ts',
    replace: 'for (const spend of [...account.debts]) {',
    by: 'for (const spend of [...account.debts].reverse()) {',
    caughtBy: [SLOW],
  },
  'debts settled by any credits': {
    file: 'ledger/debts.ts',
    replace: 'const allocations = payFromLots(account, spend, at);\n    settlements.push',
    by: "const { pool } = spend; spend.pool = 'any'; const allocations = payFromLots(account, spend, at); spend.pool = pool;\n    settlements.push",
    caughtBy: [SLOW],
  },
  'settling that stops at a debt which these credits may not pay': {
    file: 'ledger/debts.ts',
    replace: 'if (spend.unpaidCredits === 0n) forgetDebt(account, spend);\n  }',
    by: 'if (spend.unpaidCredits > 0n) break;\n    forgetDebt(account, spend);\n  }',
    caughtBy: [SLOW, DEBTS],
  },
  'credits of a refund that settle nothing': {
    file: 'ledger/fold.ts',
    replace: 'const settlements = settleDebts(account, entry.occurredAt);\n  return',
    by: 'const settlements: Payment[] = [];\n  return',
    caughtBy: [SLOW, DEBTS],
  },
  'takings of one lot merged': {
    file: 'ledger/lots.ts',
    replace: 'spend.allocations.push(allocation);',
    by: `const same = spend.allocations.find((other) => other.lot === lot);
      if (same === undefined) spend.allocations.push(allocation);
      else {
        same.takenCredits += credits;
        same.takenValue += value;
        same.credits += credits;
        same.value += value;
      }`,
    caughtBy: [SLOW],
  },
  'allocations taken back first one first': {
    file: 'ledger/fold.ts',
    replace: 'for (const allocation of [...spend.allocations].reverse()) {',
    by: 'for (const allocation of [...spend.allocations]) {',
    caughtBy: [SLOW],
  },
  'the unpaid part taken back last': {
    file: 'ledger/fold.ts',
    replace: 'const cancelledCredits = taken < spend.unpaidCredits ? taken : spend.unpaidCredits;',
    by: `const paid = spend.allocations.reduce((sum, allocation) => sum + allocation.credits, 0n);
    const cancelledCredits = taken > paid ? taken - paid : 0n;`,
    caughtBy: [SLOW],
  },
  'credits that return to life in an expired lot': {
    file: 'ledger/lots.ts',
    replace: 'const lapsed = hasExpired(lot, at);',
    by: 'const lapsed = false;',
    caughtBy: [SLOW],
  },
  'a refund of more than the deployment cost': {
    file: 'ledger/fold.ts',
    replace: 'const taken = asked < left ? asked : left;',
    by: 'const taken = asked;',
    caughtBy: [SLOW, INVARIANTS, CONSERVED],
  },
  'an allocation that gives back more than it took': {
    file: 'ledger/fold.ts',
    replace: 'const credits = allocation.credits < outstanding ? allocation.credits : outstanding;',
    by: 'const credits = outstanding;',
    caughtBy: [NOT_NEGATIVE, LEFT_OUT],
  },
  'a purchaseRefund of more than the lot contains': {
    file: 'ledger/lots.ts',
    replace: 'const credits = asked < lot.leftCredits ? asked : lot.leftCredits;\n  const value',
    by: 'const credits = asked;\n  const value',
    caughtBy: [NOT_NEGATIVE, LEFT_OUT],
  },
  'money of a purchaseRefund that is kept in the lot': {
    file: 'ledger/lots.ts',
    replace: 'lot.refundedCredits += credits;\n  lot.refundedValue += value;',
    by: 'lot.refundedCredits += credits;\n  lot.leftValue += value;',
    caughtBy: [SLOW, CONSERVED],
  },
  'a balance that forgets what is unpaid': {
    file: 'ledger/lots.ts',
    replace: 'unpaidCredits: account.balance.unpaidCredits + credits };',
    by: 'unpaidCredits: 0n };',
    caughtBy: [INVARIANTS, COPIED],
  },
  'a copy that shares its allocations': {
    file: 'ledger/account.ts',
    replace:
      'allocations: spend.allocations.map((allocation) => ({ ...allocation, lot: copyOf(allocation.lot) })),',
    by: 'allocations: spend.allocations,',
    caughtBy: [COPIED],
  },
  'restored debts as they were loaded': {
    file: 'ledger/account.ts',
    replace: 'account.debts.sort(compareEntries);',
    by: '',
    caughtBy: [STORED],
  },
  'restored lots as they were loaded': {
    file: 'ledger/account.ts',
    replace: 'account.openLots.free.sort(compareLots);',
    by: '',
    caughtBy: [STORED],
  },
  'an answer for later that changes the state': {
    file: 'ledger/fold.ts',
    replace: 'const later = copyAccount(account);',
    by: 'const later = account;',
    caughtBy: [LATER],
  },
  'no refund of exactly what is left': {
    file: 'ledger/judge.ts',
    replace: 'candidate.credits > leftCredits',
    by: 'candidate.credits >= leftCredits',
    caughtBy: [JUDGED],
  },
  'no refund at the instant of the deployment': {
    file: 'ledger/judge.ts',
    replace: 'candidate.occurredAt < deployment.occurredAt',
    by: 'candidate.occurredAt <= deployment.occurredAt',
    caughtBy: [JUDGED],
  },
  'judging that forgets refunds recorded before': {
    file: 'ledger/judge.ts',
    replace: "if (entry.type === 'refund' || entry.type === 'reversalRelease') this.record(entry);",
    by: "if (entry.type === 'reversalRelease') this.record(entry);",
    caughtBy: [JUDGED_LATE],
  },
  'judging that forgets the refunds it accepted': {
    file: 'ledger/judge.ts',
    replace: 'targets.record(entry);',
    by: "if (entry.type !== 'refund') targets.record(entry);",
    caughtBy: [JUDGED],
  },
  'money back for credits that have lapsed': {
    file: 'ledger/lots.ts',
    replace: 'return hasExpired(lot, at) ? 0n : lot.leftCredits;',
    by: 'return lot.leftCredits;',
    caughtBy: [JUDGED],
  },
  'decimals padded on the wrong side': {
    file: 'decimal.ts',
    replace: "fraction.slice(0, scale).padEnd(scale, '0')",
    by: "fraction.slice(0, scale).padStart(scale, '0')",
    caughtBy: [
      'reads a decimal back from its canonical text',
      'reads the digits of a decimal at their places',
      'reads a share back from its text',
    ],
  },
  'zeros kept at the end of a decimal': {
    file: 'decimal.ts',
    replace: "slice(digits.length - scale).replace(/0+$/, '');",
    by: 'slice(digits.length - scale);',
    caughtBy: [
      'reads a decimal back from its canonical text',
      'takes gross apart into revenue and the rest, exactly',
    ],
  },
  'a lost minus': {
    file: 'decimal.ts',
    replace: 'text.slice(0, point) + text.slice(point + 1,',
    by: "text.slice(0, point).replace('-', '') + text.slice(point + 1,",
    caughtBy: ['reads what PostgreSQL prints of a numeric'],
  },
  'revenue in whole percents only': {
    file: 'revenue-share.ts',
    replace: 'return gross * share;',
    by: 'return gross * (share / 10_000n) * 10_000n;',
    caughtBy: ['takes gross apart into revenue and the rest, exactly'],
  },
  'a leap year in every century': {
    file: 'instant.ts',
    replace: '(year % 4 === 0 && year % 100 !== 0) || year % 400 === 0',
    by: 'year % 4 === 0',
    caughtBy: ['knows the dates that Date knows, and no other'],
  },
  'offsets added instead of subtracted': {
    file: 'instant.ts',
    replace: "match[9] === '-' ? -1 : 1",
    by: "match[9] === '-' ? 1 : -1",
    caughtBy: ['agrees with Date on what an offset means'],
  },
  'microseconds shown as milliseconds': {
    file: 'instant.ts',
    replace: "return `.${digits.endsWith('000') ? digits.slice(0, 3) : digits}`;",
    by: 'return `.${digits.slice(0, 3)}`;',
    caughtBy: ['reads an instant back from its text, to the microsecond'],
  },
  'days that begin in the past cut towards 1970': {
    file: 'instant.ts',
    replace: 'return value % divisor < 0n ? quotient - 1n : quotient;',
    by: 'return quotient;',
    caughtBy: ['agrees with Date on what an instant is called'],
  },
};
