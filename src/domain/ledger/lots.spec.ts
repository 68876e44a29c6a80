import { award, day, deployment, micros, purchase } from '../../../test/support/ledger-builders.js';
import { emptyAccount } from './account.js';
import { applyEntry } from './fold.js';

describe('lapsing', () => {
  it('sorts lots that expire at one instant by id, not by the order of payment', () => {
    const account = emptyAccount();
    applyEntry(account, award('b', { occurredAt: day(1), expiresAt: day(5) }));
    applyEntry(account, award('a', { occurredAt: day(2), expiresAt: day(5) }));
    applyEntry(account, purchase('A', { occurredAt: day(3), expiresAt: day(5) }));
    applyEntry(account, purchase('a', { occurredAt: day(4), expiresAt: day(5) }));

    const { lapses } = applyEntry(account, deployment('d', { occurredAt: day(5), credits: 0n }));

    expect(lapses.map((lapse) => `${lapse.lot.pool} ${lapse.lot.id}`)).toEqual([
      'purchased A',
      'free a',
      'purchased a',
      'free b',
    ]);
    expect(lapses.map((lapse) => lapse.after.freeCredits)).toEqual([
      micros('20'),
      micros('10'),
      micros('10'),
      0n,
    ]);
  });

  it('lets earlier expiries lapse first, whatever the pool', () => {
    const account = emptyAccount();
    applyEntry(account, award('a', { expiresAt: day(4) }));
    applyEntry(account, purchase('b', { expiresAt: day(3) }));

    const { lapses } = applyEntry(account, deployment('d', { occurredAt: day(9), credits: 0n }));

    expect(lapses.map((lapse) => lapse.lot.id)).toEqual(['b', 'a']);
    expect(lapses.map((lapse) => lapse.at)).toEqual([day(3), day(4)]);
  });
});
