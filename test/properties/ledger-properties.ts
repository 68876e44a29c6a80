import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Account, Entry, JudgedEntry } from '../../src/domain/index.js';
import { slowJudge } from '../reference/slow-judge.js';
import { SlowLedger } from '../reference/slow-ledger.js';
import { slowCompare } from '../reference/slow-order.js';
import { histories, recordedEntries } from '../support/ledger-arbitraries.js';
import { LedgerStore } from '../support/ledger-store.js';
import { tellEnd, tellStory, type Domain } from '../support/ledger-story.js';

/** A statement about the domain. With a planted mistake in the domain, it must fail. */
export type DomainProperty = (domain: Domain) => fc.IRawProperty<unknown>;

const shuffledWith = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length });

/** Entries, and the same entries in another order. */
const twoArrivals = recordedEntries.chain((entries) => fc.tuple(fc.constant(entries), shuffledWith(entries)));

/** Entries in the ledger's order, and the positions at which to stop and store. */
const withStops = fc.tuple(recordedEntries, fc.array(fc.nat({ max: 25 }), { maxLength: 4 }));

/** Properties of every credit history. */
export const LEDGER_PROPERTIES = {
  'equals the slow version, entry by entry': (domain) =>
    fc.property(recordedEntries, (entries) => {
      assert.deepEqual(tellStory(domain, entries), new SlowLedger(entries).story());
    }),

  'keeps the invariants of docs/rules.md after every entry': (domain) =>
    fc.property(recordedEntries, (entries) => {
      const account = domain.emptyAccount();
      for (const entry of [...entries].sort(slowCompare)) {
        domain.applyEntry(account, entry);
        assert.deepEqual(domain.violationsOf(account), []);
      }
    }),

  'neither makes nor loses credits or money': (domain) =>
    fc.property(recordedEntries, (entries) => {
      assertConserved(entries, domain.foldEntries(entries));
    }),

  'knows no balance below zero': (domain) =>
    fc.property(recordedEntries, (entries) => {
      const account = domain.emptyAccount();
      for (const entry of [...entries].sort(slowCompare)) {
        domain.applyEntry(account, entry);
        assertNothingNegative(account);
      }
    }),

  'leaves no debt open that an open lot may pay': (domain) =>
    fc.property(recordedEntries, (entries) => {
      const account = domain.emptyAccount();
      for (const entry of [...entries].sort(slowCompare)) {
        domain.applyEntry(account, entry);
        assertDebtsHaveNoPayer(account);
      }
    }),

  'ends the same in any order of arrival': (domain) =>
    fc.property(twoArrivals, ([entries, arrived]) => {
      const end = (given: readonly Entry[]): unknown => tellEnd(domain, domain.foldEntries(given));
      assert.deepEqual(end(arrived), end([...entries].sort(slowCompare)));
    }),

  'folds on from copied checkpoints as it folds at once': (domain) =>
    fc.property(withStops, ([entries, stops]) => {
      const atOnce = domain.foldEntries(entries);
      let account = domain.emptyAccount();
      for (const part of partsOf(entries, stops)) {
        const asItWas = tellEnd(domain, account);
        const next = domain.foldEntries(part, account);
        assert.deepEqual(tellEnd(domain, account), asItWas, 'the checkpoint changed');
        account = next;
      }
      assert.deepEqual(tellEnd(domain, account), tellEnd(domain, atOnce));
    }),

  'folds on from stored open lots, debts and refund targets as it folds at once': (domain) =>
    fc.property(withStops, ([entries, stops]) => {
      const store = new LedgerStore();
      for (const part of partsOf(entries, stops)) {
        const account = store.load(domain, part);
        for (const entry of part) domain.applyEntry(account, entry);
        store.save(account, part);
      }
      const restored = store.loadAll(domain);
      assert.deepEqual(tellEnd(domain, restored), tellEnd(domain, domain.foldEntries(entries)));
    }),

  'judges refunds as if each came alone, after all that was recorded before': (domain) =>
    fc.property(histories, ({ facts, candidates }) => {
      const { accepted, refused } = domain.judgeAndFold(facts, candidates);
      assertSameVerdicts(facts, candidates, accepted, refused);
    }),

  'judges refunds by earlier ones of any place in the order': (domain) =>
    fc.property(histories, fc.nat({ max: 10 }), ({ facts, candidates }, size) => {
      const first = domain.judgeAndFold(facts, candidates.slice(0, size));
      const recorded = [...facts, ...first.accepted];
      const second = domain.judgeAndFold(recorded, candidates.slice(size));
      assertSameVerdicts(recorded, candidates.slice(size), second.accepted, second.refused);
      assert.deepEqual(
        tellEnd(domain, second.account),
        tellEnd(domain, domain.foldEntries([...recorded, ...second.accepted])),
      );
    }),

  'keeps every value at 0 or above when entries are left out': (domain) =>
    fc.property(recordedEntries, fc.array(fc.boolean(), { maxLength: 30 }), (entries, keeps) => {
      const kept = entries.filter((_, index) => keeps[index] ?? true);
      const named = new Set(kept.filter(({ type }) => type === 'deployment').map(({ id }) => id));
      const whole = kept.filter((entry) => entry.type !== 'refund' || named.has(entry.deploymentId));
      const account = domain.foldEntries(whole);
      assertNothingNegative(account);
      assertConserved(whole, account);
    }),

  'lets pass at a later instant what expires by then, and nothing else': (domain) =>
    fc.property(recordedEntries, fc.bigInt(0n, 800_000_000_000n), (entries, later) => {
      const account = domain.foldEntries(entries);
      const at = (account.foldedTo?.occurredAt ?? 0n) + later;
      const { lots, spends, openLots, balance } = new SlowLedger(entries, at).story();
      assert.deepEqual(tellEnd(domain, domain.accountAt(account, at)), { lots, spends, openLots, balance });
      assert.deepEqual(tellEnd(domain, account), tellEnd(domain, domain.foldEntries(entries)));
    }),
} satisfies Readonly<Record<string, DomainProperty>>;

/** Cuts entries, in the ledger's order, into consecutive parts. */
function partsOf(entries: readonly Entry[], stops: readonly number[]): Entry[][] {
  const sorted = [...entries].sort(slowCompare);
  const cuts = [0, ...stops.filter((stop) => stop < sorted.length).sort((a, b) => a - b), sorted.length];
  return cuts.slice(1).map((end, index) => sorted.slice(cuts[index], end));
}

function assertSameVerdicts(
  recorded: readonly Entry[],
  candidates: readonly JudgedEntry[],
  accepted: readonly JudgedEntry[],
  refused: readonly { candidate: JudgedEntry; reason: string; leftCredits: bigint }[],
): void {
  const verdicts = slowJudge(recorded, candidates);
  assert.deepEqual(
    refused,
    verdicts.flatMap(({ candidate, reason, left }) =>
      reason === null ? [] : [{ candidate, reason, leftCredits: left }],
    ),
  );
  assert.deepEqual(
    accepted,
    verdicts.filter(({ reason }) => reason === null).map(({ candidate }) => candidate),
  );
}

/** Checks invariants 1 to 3 of docs/rules.md, from the entries and the simplest reading of the results. */
function assertConserved(entries: readonly Entry[], account: Account): void {
  const lots = [...account.lots.values()];
  const spends = [...account.spends.values()];
  const allocations = spends.flatMap((spend) => spend.allocations);
  for (const spend of spends) {
    const paid = sum(spend.allocations.map((allocation) => allocation.credits));
    assert.equal(paid + spend.unpaidCredits + spend.refundedCredits, spend.cost, 'cost of a spend');
  }
  for (const lot of lots) {
    const own = allocations.filter((allocation) => allocation.lot === lot);
    assert.equal(
      sum(own.map((allocation) => allocation.credits)),
      lot.paidCredits,
      'credits that a lot paid',
    );
    assert.equal(sum(own.map((allocation) => allocation.value)), lot.paidValue, 'value that a lot paid');
    const kept = lot.leftCredits + lot.lapsedCredits + lot.refundedCredits + lot.reversedCredits;
    const credits = kept + lot.paidCredits;
    assert.equal(credits, lot.acquiredCredits, 'credits of a lot');
    if (lot.leftCredits === 0n) assert.equal(lot.leftValue, 0n, 'value left in an empty lot');
  }
  for (const allocation of allocations) {
    if (allocation.credits === 0n) assert.equal(allocation.value, 0n, 'value of an emptied allocation');
    assert.ok(
      allocation.takenCredits > 0n && allocation.credits <= allocation.takenCredits,
      'size of an allocation',
    );
  }
  const cameIn = sum(entries.map((entry) => (entry.type === 'purchase' ? entry.amount : 0n)));
  const wentTo =
    sum(allocations.map((allocation) => allocation.value)) +
    sum(lots.map((lot) => lot.leftValue + lot.lapsedValue + lot.refundedValue + lot.reversedValue));
  assert.equal(wentTo, cameIn, 'money');
  const acquired = entries.map((entry) =>
    entry.type === 'award' || entry.type === 'purchase' ? entry.credits : 0n,
  );
  const kept = lots.map(
    (lot) => lot.leftCredits + lot.lapsedCredits + lot.refundedCredits + lot.reversedCredits,
  );
  assert.equal(
    sum(allocations.map((allocation) => allocation.credits)) + sum(kept),
    sum(acquired),
    'credits',
  );
}

function assertNothingNegative(account: Account): void {
  const { freeCredits, purchasedCredits, unpaidCredits } = account.balance;
  const figures = [freeCredits, purchasedCredits, unpaidCredits];
  for (const lot of account.lots.values()) {
    figures.push(lot.leftCredits, lot.leftValue, lot.paidCredits, lot.paidValue);
    figures.push(lot.lapsedCredits, lot.lapsedValue, lot.refundedCredits, lot.refundedValue);
    figures.push(lot.reversedCredits, lot.reversedValue);
  }
  for (const spend of account.spends.values()) {
    figures.push(spend.unpaidCredits, spend.refundedCredits);
    for (const allocation of spend.allocations) figures.push(allocation.credits, allocation.value);
  }
  assert.ok(
    figures.every((figure) => figure >= 0n),
    `negative: ${figures.join(' ')}`,
  );
}

function assertDebtsHaveNoPayer(account: Account): void {
  const lots = [...account.lots.values()].filter((lot) => lot.leftCredits > 0n);
  for (const debt of account.spends.values()) {
    if (debt.unpaidCredits === 0n) continue;
    const payer = lots.find((lot) => debt.pool === 'any' || debt.pool === lot.pool);
    assert.equal(payer?.id, undefined, `${debt.type} ${debt.id} is unpaid`);
  }
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
