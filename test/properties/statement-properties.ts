import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entry, JsonValue, RecordedEntry } from '../../src/domain/index.js';
import { slowGrosses, slowParts, slowRounded } from '../reference/slow-statements.js';
import { recordedEntries } from '../support/ledger-arbitraries.js';
import type { DomainProperty } from './ledger-properties.js';

/** Entries in an order in which they can be recorded: a refund after what it names; and what a closing knew of them. */
const recordings = recordedEntries
  .chain((entries) =>
    fc.tuple(fc.shuffledSubarray(entries, { minLength: entries.length }), fc.nat({ max: entries.length })),
  )
  .map(([entries, closed]) => ({ entries: refundsLater(entries), closed }));

function refundsLater(entries: readonly Entry[]): Entry[] {
  const placed: Entry[] = [];
  let waiting = [...entries];
  while (waiting.length > 0) {
    const next = waiting.find((entry) => canCome(entry, placed)) as Entry;
    placed.push(next);
    waiting = waiting.filter((entry) => entry !== next);
  }
  return placed;
}

function canCome(entry: Entry, placed: readonly Entry[]): boolean {
  if (entry.type === 'refund') {
    return placed.some(({ type, id }) => type === 'deployment' && id === entry.deploymentId);
  }
  if (entry.type === 'purchaseRefund') {
    return placed.some(({ type, id }) => type === 'purchase' && id === entry.purchaseId);
  }
  if (entry.type === 'purchaseReversal') {
    return placed.some(({ type, id }) => type === 'purchase' && id === entry.purchaseId);
  }
  if (entry.type === 'reversalRelease') {
    return placed.some(({ type, id }) => type === 'purchaseReversal' && id === entry.reversalId);
  }
  return true;
}

const numbered = (entries: readonly Entry[]): RecordedEntry[] =>
  entries.map((entry, index) => ({ sequence: BigInt(index + 1), entry }));
const deploymentsIn = (entries: readonly Entry[]): string[] =>
  entries.filter(({ type }) => type === 'deployment').map(({ id }) => id);

/** Amounts of revenue near the points at which rounding changes, and any others. */
const amounts = fc.oneof(
  fc.bigInt(-400n, 400n).map((halves) => halves * 5_000_000_000n),
  fc.bigInt(-40n, 40n).map((units) => units * 5_000_000_000n + 1n),
  fc
    .constantFrom(1n, -1n)
    .chain((sign) => fc.constantFrom(9n, 10n, 12n).map((digits) => sign * 10n ** digits)),
  fc.bigInt(-(10n ** 20n), 10n ** 20n),
);
const places = fc.constantFrom(0, 2, 3);
const months = fc.array(fc.tuple(amounts, amounts), { minLength: 1, maxLength: 12 });
const minima = fc.oneof(
  fc.constant(0n),
  fc.bigInt(0n, 50n).map((whole) => whole * 10n ** 12n),
);
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 4 }), tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** Properties of statements. */
export const STATEMENT_PROPERTIES = {
  'gives each later entry the part that two folds give it': (domain) =>
    fc.property(recordings, ({ entries, closed }) => {
      const ids = deploymentsIn(entries);
      const changes = domain.grossChanges(numbered(entries), BigInt(closed), ids);
      const grosses = slowGrosses(entries);
      for (const id of ids) {
        const change = changes.get(id);
        assert.equal(change?.atClosing, grosses[closed]?.get(`deployment ${id}`) ?? 0n);
        assert.equal(change?.now, grosses[entries.length]?.get(`deployment ${id}`));
        const parts = change?.parts.map(({ recorded: { entry }, part }) => ({
          entry: `${entry.type} ${entry.id}`,
          part,
        }));
        assert.deepEqual(parts, slowParts(entries, grosses, closed, id));
      }
    }),

  'adds up adjustments over any closings in between': (domain) =>
    fc.property(recordings, fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), ({ entries, closed }, more) => {
      const closings = [closed, ...more.map((count) => Math.min(count, entries.length))].sort(
        (a, b) => a - b,
      );
      const grossOf = (known: number, id: string): bigint => {
        const spend = domain
          .foldEntries(entries.slice(0, known))
          .spends.get(domain.spendKey('deployment', id));
        return spend === undefined ? 0n : domain.figuresOf(spend).grossValue;
      };
      for (const id of deploymentsIn(entries)) {
        let stated = grossOf(closings[0] ?? 0, id);
        for (const [index, known] of closings.entries()) {
          const until = closings[index + 1] ?? entries.length;
          const change = domain.grossChanges(numbered(entries.slice(0, until)), BigInt(known), [id]).get(id);
          const adjustment = domain.adjustmentOf(stated, grossOf(until, id), { parts: change?.parts ?? [] });
          assert.equal(adjustment?.correction ?? 0n, 0n);
          stated += adjustment?.difference ?? 0n;
        }
        assert.equal(stated, grossOf(entries.length, id));
      }
    }),

  'calls a correction what no entry explains': (domain) =>
    fc.property(fc.bigInt(0n, 9n), fc.bigInt(0n, 9n), fc.array(fc.bigInt(-5n, 5n)), (stated, now, values) => {
      const parts = values.map((part) => ({ recorded: numbered([])[0] as unknown as RecordedEntry, part }));
      const adjustment = domain.adjustmentOf(stated, now, { parts });
      assert.equal(adjustment === null, stated === now);
      if (adjustment === null) return;
      assert.equal(adjustment.difference, now - stated);
      const explained = values.reduce((sum, part) => sum + part, 0n);
      assert.equal(explained + adjustment.correction, adjustment.difference);
    }),

  'rounds half to even, as on paper': (domain) =>
    fc.property(amounts, places, (amount, count) => {
      assert.equal(domain.roundHalfEven(amount, count), slowRounded(amount, count));
    }),

  'pays and carries what is due, over any months': (domain) =>
    fc.property(months, places, minima, (amountsOfMonths, currencyMinorUnit, minimumPayout) => {
      let [carried, payable, earned] = [0n, 0n, 0n];
      for (const [revenue, adjustments] of amountsOfMonths) {
        const balance = domain.balanceOf(
          { opening: carried, revenue, adjustments },
          { currencyMinorUnit, minimumPayout },
        );
        assert.equal(balance.due, carried + revenue + adjustments);
        assert.equal(balance.payable + balance.carried, balance.due);
        const rounded = slowRounded(balance.due, currencyMinorUnit);
        assert.equal(balance.payable, rounded > 0n && rounded >= minimumPayout ? rounded : 0n);
        carried = balance.carried;
        payable += balance.payable;
        earned += revenue + adjustments;
      }
      assert.equal(payable + carried, earned);
    }),

  'states an opening of one smallest unit or more': (domain) =>
    fc.property(amounts, places, (opening, count) => {
      const size = opening < 0n ? -opening : opening;
      assert.equal(domain.isOpeningStated(opening, count), size * 10n ** BigInt(count) >= 10n ** 12n);
    }),

  'writes JSON that means the same, with sorted names': (domain) =>
    fc.property(json, (value) => {
      const text = domain.canonicalJson(value);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.equal(domain.canonicalJson(JSON.parse(text) as JsonValue), text);
      const names = Object.keys(
        value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {},
      );
      const places = names.sort().map((name) => text.indexOf(JSON.stringify(name)));
      assert.ok(places.every((place) => place > 0));
      if (names.length === 2) assert.ok(text.startsWith(`{${JSON.stringify(names[0])}:`));
    }),
} satisfies Readonly<Record<string, DomainProperty>>;
