import fc from 'fast-check';
import type {
  Award,
  Deployment,
  Entry,
  Purchase,
  PurchaseRefund,
  PurchaseReversal,
  Refund,
  ReversalRelease,
  JudgedEntry,
  Spend,
} from '../../src/domain/index.js';
import { day } from './ledger-builders.js';

/** A user's entries, and those of them that are judged before they are recorded. */
export interface GeneratedHistory {
  /** Awards, purchases, deployments and spends. */
  readonly facts: readonly Entry[];
  /** Entries that undo those; some ask for too much, some name entries that were never recorded. */
  readonly candidates: readonly JudgedEntry[];
}

const LAST_DAY = 9;
const ENTRIES_PER_TYPE = 5;
/** Few ids, so that lots share them. Their order differs by bytes, length, case and number. */
const IDS = ['b', 'a', 'B', 'a1', '10', '9', 'a.', 'Z~'];

const idOf = fc.constantFrom(...IDS);
/** Few instants, so that most histories have several entries at one of them, and expiries at the time of entries. */
const dayOf = fc.integer({ min: 1, max: LAST_DAY });
/** Days after the target; -1 is before it, which is refused for a refund. */
const daysLater = fc.integer({ min: -1, max: 5 });
/** Single millionths, so that every cut is visible and balances are nearly used up; sometimes realistic amounts. */
const creditsOf = fc.oneof(
  { weight: 8, arbitrary: fc.bigInt(1n, 12n) },
  { weight: 1, arbitrary: fc.bigInt(1n, 999_999_999_999_999_999n) },
);
const costOf = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0n) },
  { weight: 8, arbitrary: fc.bigInt(1n, 15n) },
);
const amountOf = fc.oneof(
  { weight: 8, arbitrary: fc.bigInt(0n, 40n) },
  { weight: 1, arbitrary: fc.bigInt(0n, 999_999_999_999_999_999n) },
);
const poolOf = fc.constantFrom('any' as const, 'any' as const, 'free' as const, 'purchased' as const);
const lifeInDays = fc.option(fc.integer({ min: 1, max: 6 }), { freq: 3 });
const statedCredits = fc.option(fc.bigInt(1n, 9n), { freq: 2 });

const awards = some(
  fc
    .record({ id: idOf, credits: creditsOf, on: dayOf, life: lifeInDays })
    .map(({ id, credits, on, life }): Award => ({ type: 'award', id, credits, ...lifeOf(on, life) })),
);
const purchases = some(
  fc
    .record({ id: idOf, credits: creditsOf, amount: amountOf, on: dayOf, life: lifeInDays })
    .map(({ id, credits, amount, on, life }): Purchase => ({
      type: 'purchase',
      id,
      credits,
      amount,
      ...lifeOf(on, life),
    })),
);
const deployments = some(
  fc
    .record({ id: idOf, credits: costOf, pool: poolOf, on: dayOf })
    .map(({ id, credits, pool, on }): Deployment => ({
      type: 'deployment',
      id,
      credits,
      pool,
      moduleId: 'studio',
      occurredAt: day(on),
    })),
);
const spends = some(
  fc
    .record({ id: idOf, credits: fc.bigInt(1n, 10n), pool: poolOf, on: dayOf })
    .map(({ id, credits, pool, on }): Spend => ({
      type: 'spend',
      id,
      credits,
      pool,
      category: 'project',
      occurredAt: day(on),
    })),
);
const givingBack = fc.record({
  id: idOf,
  target: fc.nat({ max: 19 }),
  credits: statedCredits,
  later: daysLater,
});
const givingsBack = some(givingBack);
/** Every history that the slow version folds has all of these, so a few are enough. */
const fewGivingsBack = some(givingBack, 3);

/**
 * Histories with many special cases: ties, balances that are nearly used up, debts, every pool, expiries near entries.
 */
export const histories: fc.Arbitrary<GeneratedHistory> = fc
  .record({
    awards,
    purchases,
    deployments,
    spends,
    refunds: givingsBack,
    purchaseRefunds: givingsBack,
    reversals: fewGivingsBack,
    releases: fewGivingsBack,
  })
  .map((drawn) => ({
    facts: [...drawn.awards, ...drawn.purchases, ...drawn.deployments, ...drawn.spends],
    candidates: [
      ...drawn.refunds.map(({ id, target, credits, later }): Refund => {
        const named = targetAmong(drawn.deployments, target);
        return {
          type: 'refund',
          id,
          deploymentId: named.id,
          credits,
          occurredAt: daysAfter(named.occurredAt, later),
        };
      }),
      ...drawn.purchaseRefunds.map(({ id, target, credits, later }): PurchaseRefund => {
        const named = targetAmong(drawn.purchases, target);
        return {
          type: 'purchaseRefund',
          id,
          purchaseId: named.id,
          credits,
          occurredAt: daysAfter(named.occurredAt, later),
        };
      }),
      ...reversalsOf(drawn.purchases, drawn.reversals, drawn.releases),
    ],
  }));

type GivingBack = Readonly<{ id: string; target: number; credits: bigint | null; later: number }>;

function reversalsOf(
  purchased: readonly Purchase[],
  drawnReversals: readonly GivingBack[],
  drawnReleases: readonly GivingBack[],
): JudgedEntry[] {
  const reversals = drawnReversals.map(({ id, target, credits, later }): PurchaseReversal => {
    const named = targetAmong(purchased, target);
    const occurredAt = daysAfter(named.occurredAt, later);
    return { type: 'purchaseReversal', id, purchaseId: named.id, credits, cause: null, occurredAt };
  });
  const releases = drawnReleases.map(({ id, target, later }): ReversalRelease => {
    const named = targetAmong(reversals, target);
    return {
      type: 'reversalRelease',
      id,
      reversalId: named.id,
      occurredAt: daysAfter(named.occurredAt, later),
    };
  });
  return [...reversals, ...releases];
}

/**
 * All entries of a history as if each had been accepted: a superset of what a ledger can contain, with refunds of more
 * than what is left. The fold defines a result for all of them.
 */
export const recordedEntries: fc.Arbitrary<Entry[]> = histories.map(({ facts, candidates }) => [
  ...facts,
  ...candidates.filter((candidate) => namesAnEarlier([...facts, ...candidates], candidate)),
]);

function namesAnEarlier(entries: readonly Entry[], candidate: JudgedEntry): boolean {
  const [type, target] = targetOf(candidate);
  return entries.some(
    (entry) =>
      entry.type === type &&
      entry.id === target &&
      entry.occurredAt <= candidate.occurredAt &&
      (entry.type !== 'purchaseReversal' || namesAnEarlier(entries, entry)),
  );
}

function targetOf(candidate: JudgedEntry): readonly [type: Entry['type'], id: string] {
  switch (candidate.type) {
    case 'refund':
      return ['deployment', candidate.deploymentId];
    case 'purchaseRefund':
    case 'purchaseReversal':
      return ['purchase', candidate.purchaseId];
    case 'reversalRelease':
      return ['purchaseReversal', candidate.reversalId];
  }
}

function some<T extends { id: string }>(
  arbitrary: fc.Arbitrary<T>,
  maxLength = ENTRIES_PER_TYPE,
): fc.Arbitrary<T[]> {
  return fc.uniqueArray(arbitrary, { selector: ({ id }) => id, maxLength });
}

function lifeOf(on: number, life: number | null): Pick<Award, 'occurredAt' | 'expiresAt'> {
  return { occurredAt: day(on), expiresAt: life === null ? null : day(on + life) };
}

/** One of the entries. One time in twenty, or if there is none, an entry that was never recorded. */
function targetAmong(entries: readonly Entry[], index: number): Pick<Entry, 'id' | 'occurredAt'> {
  const target = index === 0 ? undefined : entries[index % entries.length];
  return target ?? { id: 'nobody', occurredAt: day(1) };
}

function daysAfter(instant: bigint, days: number): bigint {
  return instant + day(1 + days) - day(1);
}
