import type {
  Balance,
  Entry,
  Instant,
  Lot,
  LotPool,
  Micros,
  Posting,
  SpendState,
} from '../../src/domain/index.js';

/** The domain as its tests load it: the real one, or a copy with a planted mistake. */
export type Domain = typeof import('../../src/domain/index.js');

/** Credits and value that moved out of or into one lot. */
export interface Movement {
  readonly pool: LotPool;
  readonly lot: string;
  readonly credits: Micros;
  readonly value: Micros;
}

export interface OpenLot extends Movement {
  readonly expiresAt: Instant | null;
}

/** One entry and its results, in plain data that any implementation of the rules can produce. */
export interface Step {
  readonly entry: Entry;
  /** In the order in which they pay, after the entry before this one. */
  readonly openLots: readonly OpenLot[];
  readonly lapses: readonly (Movement & { readonly at: Instant; readonly after: Balance })[];
  readonly before: Balance;
  readonly taken: readonly Movement[];
  readonly settled: readonly (Movement & { readonly spend: string })[];
  readonly cancelled: Micros;
  readonly returned: readonly (Movement & { readonly lapsed: boolean })[];
  readonly withdrawn: Movement | null;
  /** What a reversal took of what the lot had left, of what had lapsed, and of its takings. */
  readonly reversedLeft: readonly Movement[];
  readonly reversedLapsed: readonly Movement[];
  readonly takenBack: readonly (Movement & { readonly spend: string })[];
  /** What a release gave back to spends, and the rest. */
  readonly paidAgain: readonly (Movement & { readonly spend: string })[];
  readonly putBack: readonly (Movement & { readonly lapsed: boolean })[];
  readonly shortfall: Micros;
  readonly after: Balance;
}

/** Where the credits and the money of a lot are in the end. */
export interface LotEnd {
  readonly pool: LotPool;
  readonly lot: string;
  readonly acquired: readonly [credits: Micros, value: Micros];
  readonly left: readonly [credits: Micros, value: Micros];
  readonly paid: readonly [credits: Micros, value: Micros];
  readonly lapsed: readonly [credits: Micros, value: Micros];
  readonly refunded: readonly [credits: Micros, value: Micros];
  readonly reversed: readonly [credits: Micros, value: Micros];
}

/** The cost of a spend and its allocations in the end. */
export interface SpendEnd {
  /** Type and id. */
  readonly spend: string;
  readonly occurredAt: Instant;
  readonly cost: Micros;
  readonly free: Micros;
  readonly purchased: Micros;
  readonly unpaid: Micros;
  readonly refunded: Micros;
  readonly gross: Micros;
  /** In the order in which they paid, including empty ones. */
  readonly allocations: readonly (Movement & {
    readonly paidAt: Instant;
    /** Its number among the takings of its lot. */
    readonly taking: number;
    readonly takenCredits: Micros;
    readonly takenValue: Micros;
  })[];
}

/** A whole credit history: step by step, and the state after the last entry. */
export interface Story {
  readonly steps: readonly Step[];
  /** Sorted by pool, then id. */
  readonly lots: readonly LotEnd[];
  /** Sorted by type, then id. */
  readonly spends: readonly SpendEnd[];
  /** In the same order as in the steps. */
  readonly openLots: readonly OpenLot[];
  readonly balance: Balance;
}

/** The story of a history according to the fold. */
export function tellStory(domain: Domain, entries: readonly Entry[]): Story {
  const account = domain.emptyAccount();
  const steps = [...entries].sort(domain.compareEntries).map((entry): Step => {
    const openLots = openLotsOf(account);
    const posting = domain.applyEntry(account, entry);
    return {
      entry,
      openLots,
      lapses: posting.lapses.map((lapse) => ({
        ...movement(lapse.lot, lapse),
        at: lapse.at,
        after: lapse.after,
      })),
      before: posting.before,
      taken: posting.payments.map(({ allocation }) => takenBy(allocation)),
      settled: posting.settlements.map(({ spend, allocation }) => ({
        ...takenBy(allocation),
        spend: nameOf(spend),
      })),
      cancelled: posting.cancelledCredits,
      returned: posting.returns.map((back) => ({
        ...movement(back.allocation.lot, back),
        lapsed: back.lapsed,
      })),
      withdrawn: posting.withdrawal && movement(posting.withdrawal.lot, posting.withdrawal),
      ...reversalStep(posting),
      shortfall: posting.shortfallCredits,
      after: posting.after,
    };
  });
  return { steps, ...tellEnd(domain, account) };
}

function reversalStep({
  reversal,
  release,
}: Posting): Pick<Step, 'reversedLeft' | 'reversedLapsed' | 'takenBack' | 'paidAgain' | 'putBack'> {
  const unlessNone = (lot: Lot, part: { credits: Micros; value: Micros }): Movement[] =>
    part.credits === 0n ? [] : [movement(lot, part)];
  return {
    reversedLeft: reversal === null ? [] : unlessNone(reversal.lot, reversal.left),
    reversedLapsed: reversal === null ? [] : unlessNone(reversal.lot, reversal.lapsed),
    takenBack: (reversal?.takenBack ?? []).map((back) => ({
      ...movement(back.allocation.lot, back),
      spend: nameOf(back.spend),
    })),
    paidAgain: (release?.payments ?? []).map(({ spend, allocation }) => ({
      ...takenBy(allocation),
      spend: nameOf(spend),
    })),
    putBack:
      release === null
        ? []
        : unlessNone(release.lot, release.returned).map((back) => ({ ...back, lapsed: release.lapsed })),
  };
}

/** The end of a story, from an account. */
export function tellEnd(domain: Domain, account: ReturnType<Domain['emptyAccount']>): Omit<Story, 'steps'> {
  return {
    lots: [...account.lots.values()].map(lotEnd).sort(byText(({ pool, lot }) => `${pool} ${lot}`)),
    spends: [...account.spends.values()]
      .map((spend) => spendEnd(domain, spend))
      .sort(byText((end) => end.spend)),
    openLots: openLotsOf(account),
    balance: account.balance,
  };
}

/** Compares by text, code unit by code unit. */
export function byText<T>(textOf: (item: T) => string): (left: T, right: T) => number {
  return (left, right) => (textOf(left) < textOf(right) ? -1 : textOf(left) > textOf(right) ? 1 : 0);
}

function openLotsOf(account: ReturnType<Domain['emptyAccount']>): OpenLot[] {
  return [...account.openLots.free, ...account.openLots.purchased].map((lot) => ({
    ...movement(lot, { credits: lot.leftCredits, value: lot.leftValue }),
    expiresAt: lot.expiresAt,
  }));
}

function lotEnd(lot: Lot): LotEnd {
  return {
    pool: lot.pool,
    lot: lot.id,
    acquired: [lot.acquiredCredits, lot.acquiredValue],
    left: [lot.leftCredits, lot.leftValue],
    paid: [lot.paidCredits, lot.paidValue],
    lapsed: [lot.lapsedCredits, lot.lapsedValue],
    refunded: [lot.refundedCredits, lot.refundedValue],
    reversed: [lot.reversedCredits, lot.reversedValue],
  };
}

function spendEnd(domain: Domain, spend: SpendState): SpendEnd {
  const { freeCredits, purchasedCredits, grossValue } = domain.figuresOf(spend);
  return {
    spend: nameOf(spend),
    occurredAt: spend.occurredAt,
    cost: spend.cost,
    free: freeCredits,
    purchased: purchasedCredits,
    unpaid: spend.unpaidCredits,
    refunded: spend.refundedCredits,
    gross: grossValue,
    allocations: spend.allocations.map((allocation) => ({
      ...movement(allocation.lot, allocation),
      paidAt: allocation.paidAt,
      taking: allocation.taking,
      takenCredits: allocation.takenCredits,
      takenValue: allocation.takenValue,
    })),
  };
}

function takenBy(allocation: SpendState['allocations'][number]): Movement {
  return movement(allocation.lot, { credits: allocation.takenCredits, value: allocation.takenValue });
}

function movement(lot: Lot, { credits, value }: { credits: Micros; value: Micros }): Movement {
  return { pool: lot.pool, lot: lot.id, credits, value };
}

function nameOf(spend: SpendState): string {
  return `${spend.type} ${spend.id}`;
}
