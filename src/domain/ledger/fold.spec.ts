import { award, day, deployment, micros, purchase, refund } from '../../../test/support/ledger-builders.js';
import { emptyAccount } from './account.js';
import { applyEntry, foldEntries, HistoryError } from './fold.js';

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

  it('takes an award and a purchase of one id as two', () => {
    const { balance } = foldEntries([award('a'), purchase('a')]);
    expect(balance).toEqual({ freeCredits: micros('10'), purchasedCredits: micros('10'), unpaidCredits: 0n });
  });

  it('refuses a refund of a deployment that it does not know', () => {
    expect(() => foldEntries([refund('r', 'd')])).toThrow('refund r names no deployment: d');
  });

  it('stands nowhere before the first entry', () => {
    expect(foldEntries([])).toEqual(emptyAccount());
  });

  it('keeps what has expired until an entry or a question comes', () => {
    const account = foldEntries([award('a', { expiresAt: day(5) })]);
    expect(account.balance.freeCredits).toBe(micros('10'));
    expect(foldEntries([deployment('d', { occurredAt: day(6) })], account).balance.freeCredits).toBe(0n);
    expect(account.balance.freeCredits).toBe(micros('10'));
  });
});
