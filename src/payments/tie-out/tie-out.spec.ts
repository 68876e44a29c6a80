import type { LedgerMoney, ProviderMoney } from './money-item.js';
import { tieOut } from './tie-out.js';

const entry = (type: LedgerMoney['type'], id: string, amount: bigint, more: Partial<LedgerMoney> = {}) => ({
  ...{ type, id, purchaseId: id, occurredAt: 0n, currency: 'USD', amount, fee: null },
  ...more,
});
const line = (id: string, amount: bigint, more: Partial<ProviderMoney> = {}): ProviderMoney => ({
  ...{ line: 1, id, currency: 'USD', amount, fee: null },
  ...more,
});
const inMonth = ({ occurredAt }: LedgerMoney): boolean => occurredAt === 0n;

/** A small linear congruential generator: the same numbers in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state;
  }
}

const FAULTS = ['amount', 'currency', 'fee', 'only there', 'only here', 'other month'] as const;
type Fault = (typeof FAULTS)[number];

/** A month of payments, every tenth refunded, with a fault planted at every 97th. */
function monthWithFaults(count: number): {
  lines: ProviderMoney[];
  entries: LedgerMoney[];
  planted: Map<string, Fault>;
} {
  const draw = numbers(17);
  const [lines, entries]: [ProviderMoney[], LedgerMoney[]] = [[], []];
  const planted = new Map<string, Fault>();
  for (let n = 0; lines.length < count; n += 1) {
    const id = `pay-${n}`;
    const amount = BigInt(((draw.next().value as number) % 100_000) + 1) * 10_000n;
    const there = line(id, amount, { line: lines.length + 2, fee: amount / 50n });
    const here = entry('purchase', id, amount, { fee: n % 2 === 0 ? amount / 50n : null });
    const fault = n % 97 === 0 ? FAULTS[(n / 97) % FAULTS.length] : undefined;
    if (fault !== undefined) planted.set(id, fault);
    if (fault !== 'only here') {
      lines.push({
        ...there,
        amount: fault === 'amount' ? amount + 1n : amount,
        currency: fault === 'currency' ? 'EUR' : 'USD',
        fee: fault === 'fee' ? amount : there.fee,
      });
    }
    if (fault === 'only there') continue;
    const recorded = fault === 'fee' ? { ...here, fee: amount / 50n } : here;
    entries.push(fault === 'other month' ? { ...recorded, occurredAt: 1n } : recorded);
    if (n % 10 !== 5 || fault !== undefined) continue;
    entries.push(entry('purchaseReversal', `${id}-back`, -amount, { purchaseId: id }));
    lines.push(line(n % 20 === 5 ? id : `${id}-back`, -amount, { line: lines.length + 2 }));
  }
  return { lines, entries, planted };
}

describe('the tie-out', () => {
  it('finds every fault among 10,000 lines, and no other', () => {
    const { lines, entries, planted } = monthWithFaults(10_000);
    const { matched, differing, onlyThere, onlyHere } = tieOut(lines, entries, inMonth);
    const found = new Map<string, string>([
      ...differing.map(({ there, here }): [string, Fault] => [
        there.id,
        there.currency !== here.currency ? 'currency' : there.amount === here.amount ? 'fee' : 'amount',
      ]),
      ...onlyThere.map(({ there, otherMonth }): [string, Fault] => [
        there.id,
        otherMonth === null ? 'only there' : 'other month',
      ]),
      ...onlyHere.map(({ id }): [string, Fault] => [id, 'only here']),
    ]);
    expect(new Set(planted.values())).toEqual(new Set(FAULTS));
    expect(found).toEqual(planted);
    expect(differing.length + onlyThere.length + onlyHere.length).toBe(planted.size);
    expect(matched + differing.length + onlyThere.length).toBe(lines.length);
  });

  it('gives refunds that are named by their payment the entry with their amount', () => {
    const refunds = [-3n, -5n, -4n].map((amount, n) =>
      entry('purchaseReversal', `r${n}`, amount, { purchaseId: 'p' }),
    );
    const lines = [line('p', -4n), line('p', -3n), line('p', 12n), line('p', -6n)];
    const { matched, differing } = tieOut(lines, [...refunds, entry('purchase', 'p', 12n)], inMonth);
    expect(matched).toBe(3);
    expect(differing).toEqual([{ there: lines[3], here: refunds[1] }]);
  });

  it('does not miss a payment for nothing', () => {
    expect(tieOut([], [entry('purchase', 'gift', 0n)], inMonth)).toMatchObject({ onlyHere: [] });
  });
});
