import {
  award,
  day,
  deployment,
  micros,
  purchase,
  refund,
  spend,
} from '../../../test/support/ledger-builders.js';
import type { Account, Lot, SpendState } from './account.js';
import { foldEntries } from './fold.js';
import { moneyTotalsOf, moneyViolations, violationsOf } from './invariants.js';

/** d1 took 4 free and 2 of 10 purchased credits (worth 0.2), s1 took 3 purchased ones (worth 0.3); d2 was refunded. */
function soundAccount(): Account {
  return foldEntries([
    award('gift', { credits: micros('4'), expiresAt: day(9) }),
    purchase('topup'),
    deployment('d1', { credits: micros('6') }),
    spend('s1', { credits: micros('3') }),
    deployment('d2', { credits: micros('2'), occurredAt: day(3) }),
    refund('r2', 'd2', { occurredAt: day(4) }),
  ]);
}

const lotOf = (account: Account, key: string): Lot => account.lots.get(key) as Lot;
const spendOf = (account: Account, key: string): SpendState => account.spends.get(key) as SpendState;

/** Changes that corrupt a sound account, with the violations to expect. */
const CORRUPTIONS: readonly [string, (account: Account) => void, readonly string[]][] = [
  [
    'a cost that is not covered',
    (account) =>
      account.spends.set('deployment d9', { ...spendOf(account, 'deployment d2'), refundedCredits: 0n }),
    ['deployment d2: cost 2, covered 0'],
  ],
  [
    'unpaid credits that are not a debt',
    (account) => (spendOf(account, 'deployment d2').unpaidCredits = micros('1')),
    ['deployment d2: cost 2, covered 3', 'balance: unpaid credits differ from the debts'],
  ],
  [
    'missing credits of a lot',
    (account) => (lotOf(account, 'purchased topup').leftCredits -= 1n),
    [
      'purchased lot topup: credits do not add up to what was acquired',
      'balance: purchased credits differ from the lots',
    ],
  ],
  [
    'missing value of a lot',
    (account) => (lotOf(account, 'purchased topup').leftValue -= 1n),
    [
      'purchased lot topup: value does not add up to what was paid',
      'money: paid in 1, accounted for 0.999999',
    ],
  ],
  [
    'paid credits without an allocation',
    (account) => {
      const lot = lotOf(account, 'purchased topup');
      lot.paidCredits += 1n;
      lot.lapsedCredits -= 1n;
    },
    [
      'purchased lot topup: lapsed is -0.000001',
      'purchased lot topup: paid credits differ from its allocations',
    ],
  ],
  [
    'an allocation with too much value',
    (account) => {
      const [, allocation] = spendOf(account, 'deployment d1').allocations;
      if (allocation !== undefined) allocation.value += 1n;
    },
    [
      'purchased lot topup: paid value differs from its allocations',
      'money: paid in 1, accounted for 1.000001',
    ],
  ],
  [
    'an allocation below zero',
    (account) => {
      const [allocation] = spendOf(account, 'deployment d1').allocations;
      if (allocation !== undefined) allocation.credits = -1n;
    },
    [
      'deployment d1: cost 6, covered 1.999999',
      'deployment d1, an allocation: credits is -0.000001',
      'free lot gift: paid credits differ from its allocations',
    ],
  ],
  [
    'value that a reversal left behind',
    (account) => (lotOf(account, 'purchased topup').reversedCredits += 1n),
    ['purchased lot topup: credits do not add up to what was acquired'],
  ],
  [
    'a balance that differs from the lots',
    (account) => (account.balance = { ...account.balance, freeCredits: -1n }),
    ['balance: free credits differ from the lots', 'balance: freeCredits is -0.000001'],
  ],
];

describe('invariants', () => {
  it('hold for a sound account', () => {
    expect(violationsOf(soundAccount())).toEqual([]);
  });

  it.each(CORRUPTIONS)('report %s', (_name, corrupt, sentences) => {
    const account = soundAccount();
    corrupt(account);
    expect(violationsOf(account)).toEqual(sentences);
  });

  it('account for all money', () => {
    const totals = moneyTotalsOf(soundAccount());
    expect(totals).toEqual({
      paidIn: micros('1'),
      grossRevenue: micros('0.2'),
      otherSpends: micros('0.3'),
      left: micros('0.5'),
      lapsed: 0n,
      refunded: 0n,
      reversed: 0n,
    });
    expect(moneyViolations(totals)).toEqual([]);
    expect(moneyViolations({ ...totals, left: 0n })).toEqual(['money: paid in 1, accounted for 0.5']);
  });
});
