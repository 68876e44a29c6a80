import { day } from '../../../test/support/ledger-builders.js';
import { compareEntries, type LedgerPosition } from './order.js';

const place = (type: LedgerPosition['type'], id = 'a', occurredAt = day(1)): LedgerPosition => ({
  occurredAt,
  type,
  id,
});

describe("the ledger's order", () => {
  it('sorts by the instant first, to the microsecond', () => {
    const later = place('award', 'a', day(1) + 1n);
    expect([later, place('purchaseRefund', 'z')].sort(compareEntries)).toEqual([
      place('purchaseRefund', 'z'),
      later,
    ]);
  });

  it('sorts entries of one instant by type', () => {
    const types = [
      'expiry',
      'award',
      'purchase',
      'deployment',
      'spend',
      'refund',
      'purchaseRefund',
      'purchaseReversal',
      'reversalRelease',
    ] as const;
    const backwards = [...types].reverse().map((type) => place(type));
    expect(backwards.sort(compareEntries).map(({ type }) => type)).toEqual(types);
  });

  it('sorts entries of one instant and type by the bytes of their ids, without locale, case or number', () => {
    const ids = ['b', 'a', 'a.', 'B', '10', '9', 'a1', 'Z~', 'a~', 'a:', 'a_'];
    const sorted = ids.map((id) => place('award', id)).sort(compareEntries);
    expect(sorted.map(({ id }) => id)).toEqual([
      '10',
      '9',
      'B',
      'Z~',
      'a',
      'a.',
      'a1',
      'a:',
      'a_',
      'a~',
      'b',
    ]);
  });

  it('treats an entry as equal only to itself', () => {
    expect(compareEntries(place('award'), place('award'))).toBe(0);
    expect(compareEntries(place('award'), place('purchase'))).not.toBe(0);
  });
});
