import { award, day, deployment, micros, purchase, refund } from '../../../test/support/ledger-builders.js';
import { emptyAccount } from './account.js';
import { accountAt, applyEntry, foldEntries, HistoryError, letLapse } from './fold.js';

describe('the fold', () => {
  it('refuses an entry that does not come after the last one', () => {
    const account = foldEntries([deployment('b')]);
    const refused = 'deployment a does not come after deployment b';
    expect(() => applyEntry(account, deployment('a'))).toThrow(new HistoryError(refused));
    expect(() => applyEntry(account, award('late'))).toThrow('award late does not come after deployment b');
  });

  it('refuses the same entry twice', () => {
    expect(() => foldEntries([award('a'), award('a')])).toThrow('award a does not come after award a');
  });

  it('accepts an award and a purchase with the same id', () => {
    const { balance } = foldEntries([award('a'), purchase('a')]);
    expect(balance).toEqual({ freeCredits: micros('10'), purchasedCredits: micros('10'), unpaidCredits: 0n });
  });

  it('refuses a refund of an unknown deployment', () => {
    expect(() => foldEntries([refund('r', 'd')])).toThrow('refund r refers to an unknown deployment: d');
  });

  it('returns an empty account if there are no entries', () => {
    expect(foldEntries([])).toEqual(emptyAccount());
  });

  it('keeps expired credits until a later entry is folded', () => {
    const account = foldEntries([award('a', { expiresAt: day(5) })]);
    expect(account.balance.freeCredits).toBe(micros('10'));
    expect(foldEntries([deployment('d', { occurredAt: day(6) })], account).balance.freeCredits).toBe(0n);
    expect(account.balance.freeCredits).toBe(micros('10'));
  });

  it("returns the lapses after the last entry, up to and including the instant, in the ledger's order", () => {
    const account = foldEntries([
      award('z', { expiresAt: day(5) }),
      award('a', { expiresAt: day(5) }),
      purchase('p', { expiresAt: day(4) }),
      award('never'),
    ]);
    const { account: later, lapses } = letLapse(account, day(5));
    expect(
      lapses.map(({ lot, at, credits, value, after }) => [lot.id, at, credits, value, after.freeCredits]),
    ).toEqual([
      ['p', day(4), micros('10'), micros('1'), micros('30')],
      ['a', day(5), micros('10'), 0n, micros('20')],
      ['z', day(5), micros('10'), 0n, micros('10')],
    ]);
    expect(later.balance).toEqual(lapses.at(-1)?.after);
    expect(later).toEqual(accountAt(account, day(5)));
    expect(letLapse(account, day(5) - 1n).lapses.map(({ lot }) => lot.id)).toEqual(['p']);
  });

  it('does not change the account when it computes lapses', () => {
    const entries = [award('a', { expiresAt: day(5) })];
    const account = foldEntries(entries);
    letLapse(account, day(9));
    expect(account).toEqual(foldEntries(entries));
  });
});
