import type { Balance, Entry, LotPool, Pool, PurchaseRefund, Refund } from '../../src/domain/index.js';
import type { LotEnd, Movement, OpenLot, SpendEnd, Step, Story } from '../support/ledger-story.js';
import { partOf } from './exact-fraction.js';
import { Journal, total, type JournalLine, type Opening, type Spending, type Sum } from './slow-journal.js';
import { slowCompare } from './slow-order.js';
import { giveBack, takeBack, type Movements } from './slow-reversals.js';

/**
 * docs/rules.md defines no further order of expiries: those of an award and a purchase with the same id and instant
 * have this order.
 */
const AWARD_FIRST = ['award', 'purchase'];

/**
 * A second implementation of docs/rules.md: slow, without state, sentence by sentence. It shares only the types of the
 * entries with src/domain, and exists to detect differences.
 */
export class SlowLedger {
  private readonly journal = new Journal();
  private readonly openings: Opening[] = [];
  private readonly spendings: Spending[] = [];
  private readonly steps: Step[] = [];

  /**
   * @param entries a user's accepted entries, in any order
   * @param until the instant up to which lots expire; by default that of the last entry
   */
  constructor(entries: readonly Entry[], until?: bigint) {
    const end = until ?? entries.reduce((latest, { occurredAt: at }) => (at > latest ? at : latest), 0n);
    const expiries = entries
      .filter((entry) => entry.type === 'award' || entry.type === 'purchase')
      .filter((lot) => lot.expiresAt !== null && lot.expiresAt <= end)
      .sort((left, right) => AWARD_FIRST.indexOf(left.type) - AWARD_FIRST.indexOf(right.type))
      .map((lot) => ({ occurredAt: lot.expiresAt ?? 0n, type: 'expiry' as const, id: lot.id, lot }));
    const places: (Entry | (typeof expiries)[number])[] = [...expiries, ...entries];
    let unreported = 0;
    for (const next of places.sort(slowCompare)) {
      if (next.type === 'expiry') this.expire(next.lot, next.occurredAt);
      else {
        this.report(next, unreported);
        unreported = this.journal.lines.length;
      }
    }
  }

  story(): Story {
    return {
      steps: this.steps,
      lots: this.openings
        .map((lot) => this.lotEnd(lot))
        .sort((left, right) => compareTexts(`${left.pool} ${left.lot}`, `${right.pool} ${right.lot}`)),
      spends: this.spendings
        .map((spend) => this.spendEnd(spend))
        .sort((left, right) => compareTexts(left.spend, right.spend)),
      openLots: this.openLots(),
      balance: this.balance(),
    };
  }

  /** The cost of a deployment minus all refunds of it. */
  leftToRefund(deploymentId: string): bigint {
    const deployment = this.spendings.find(
      (spend) => spend.type === 'deployment' && spend.id === deploymentId,
    );
    if (deployment === undefined) throw new Error(`no deployment ${deploymentId}`);
    return deployment.credits - this.journal.refunded(deployment);
  }

  /** The credits in a purchase's lot; 0 before it is opened. */
  leftOfPurchase(purchaseId: string): bigint {
    const lot = this.openings.find((opening) => opening.type === 'purchase' && opening.id === purchaseId);
    return lot === undefined ? 0n : this.journal.creditsLeft(lot);
  }

  /** "acquired - refunded - reversed + released"; 0 for a purchase that was never recorded. */
  leftToReverse(purchaseId: string): bigint {
    const lot = this.openings.find((opening) => opening.type === 'purchase' && opening.id === purchaseId);
    if (lot === undefined) return 0n;
    const refunded = this.journal.lines.filter((line) => line.lot === lot && line.what === 'withdrawn');
    return lot.credits - total(refunded).credits - this.journal.reversed(lot).credits;
  }

  private report(entry: Entry, unreported: number): void {
    const lapses = this.journal.lines.slice(unreported).map((line, index) => ({
      ...movementOf(line),
      at: line.at,
      after: this.balance(unreported + index + 1),
    }));
    const openLots = this.openLots(unreported);
    const before = this.balance();
    const start = this.journal.lines.length;
    const shortfall = this.record(entry);
    const lines = this.journal.lines.slice(start);
    const own = (line: JournalLine): boolean => line.spend === entry;
    const paid = lines.filter((line) => line.what === 'paid');
    const moved = (what: JournalLine['what']): Movement[] =>
      lines.filter((line) => line.what === what).map(movementOf);
    const ofSpends = (what: JournalLine['what']): (Movement & { spend: string })[] =>
      lines
        .filter((line) => line.what === what)
        .map((line) => ({ ...movementOf(line), spend: spendOf(line) }));
    this.steps.push({
      entry,
      openLots,
      lapses,
      before,
      taken: paid.filter(own).map(movementOf),
      settled: paid
        .filter((line) => !own(line))
        .map((line) => ({ ...movementOf(line), spend: spendOf(line) })),
      cancelled: total(lines.filter((line) => line.what === 'cancelled')).credits,
      returned: lines
        .filter((line) => line.what === 'returned')
        .map((line) => ({
          ...movementOf(line),
          lapsed: lines.some((other) => other.what === 'lapsedOnReturn' && other.lot === line.lot),
        })),
      withdrawn: moved('withdrawn')[0] ?? null,
      reversedLeft: moved('reversedLeft'),
      reversedLapsed: moved('reversedLapsed'),
      takenBack: ofSpends('reversedPaid'),
      paidAgain: ofSpends('paidAgain'),
      putBack: moved('released')
        .slice(ofSpends('paidAgain').length)
        .map((back) => ({ ...back, lapsed: lines.some((line) => line.what === 'lapsedOnReturn') })),
      shortfall,
      after: this.balance(),
    });
  }

  /** @returns the shortfall */
  private record(entry: Entry): bigint {
    switch (entry.type) {
      case 'award':
      case 'purchase': {
        this.openings.push(entry);
        const value = entry.type === 'award' ? 0n : entry.amount;
        this.journal.write({
          because: entry,
          what: 'opened',
          lot: entry,
          at: entry.occurredAt,
          credits: entry.credits,
          value,
        });
        this.settleDebts(entry);
        return 0n;
      }
      case 'deployment':
      case 'spend':
        this.spendings.push(entry);
        this.pay(entry, entry);
        return 0n;
      case 'refund':
        return this.refund(entry);
      case 'purchaseRefund':
        return this.giveBackForMoney(entry);
      case 'purchaseReversal': {
        const shortfall = takeBack(this.movements(), entry);
        this.settleDebts(entry);
        return shortfall;
      }
      case 'reversalRelease':
        giveBack(this.movements(), entry);
        this.settleDebts(entry);
        return 0n;
    }
  }

  private movements(): Movements {
    return { journal: this.journal, openings: this.openings };
  }

  /** "Credits that come in settle open debts first, in the debts' own order, each by the rules of its pool." */
  private settleDebts(because: Entry): void {
    for (const debt of [...this.spendings].sort(slowCompare)) this.pay(debt, because);
  }

  /**
   * Takes the unpaid credits of a spend from the open lots of its pool, one after the other, each as a separate
   * allocation.
   */
  private pay(spend: Spending, because: Entry): void {
    for (;;) {
      const lot = this.lotsThatMayPay(spend.pool)[0];
      const unpaid = this.journal.unpaid(spend);
      if (lot === undefined || unpaid === 0n) return;
      const held = this.journal.creditsLeft(lot);
      const credits = held < unpaid ? held : unpaid;
      this.journal.write({
        because,
        what: 'paid',
        lot,
        spend,
        allocation: this.journal.takings(spend).length,
        at: because.occurredAt,
        credits,
        value: partOf(this.journal.valueLeft(lot), credits, held),
      });
    }
  }

  private refund(entry: Refund): bigint {
    const spend = this.spendings.find(({ type, id }) => type === 'deployment' && id === entry.deploymentId);
    if (spend === undefined) throw new Error(`refund ${entry.id} names no deployment`);
    const left = spend.credits - this.journal.refunded(spend);
    const asked = entry.credits ?? left;
    let toTake = asked < left ? asked : left;
    const shortfall = asked - toTake;
    // "takes back the unpaid part first"
    const unpaid = this.journal.unpaid(spend);
    const cancelled = toTake < unpaid ? toTake : unpaid;
    const at = entry.occurredAt;
    if (cancelled > 0n)
      this.journal.write({ because: entry, what: 'cancelled', spend, at, credits: cancelled, value: 0n });
    toTake -= cancelled;
    // "then the allocations in the reverse of the order in which they paid"
    for (const taking of this.journal.takings(spend).reverse()) {
      const still = this.journal.stillPays(taking);
      const credits = still.credits < toTake ? still.credits : toTake;
      if (credits === 0n) continue;
      const value = partOf(still.value, credits, still.credits);
      const back = { because: entry, lot: taking.lot, at, credits, value };
      this.journal.write({ ...back, what: 'returned', spend, allocation: taking.allocation });
      // "where a lot has expired by then they lapse at once"
      const expiresAt = taking.lot?.expiresAt ?? null;
      if (expiresAt !== null && expiresAt <= at) this.journal.write({ ...back, what: 'lapsedOnReturn' });
      toTake -= credits;
    }
    this.settleDebts(entry);
    return shortfall;
  }

  private giveBackForMoney(entry: PurchaseRefund): bigint {
    const lot = this.openings.find(({ type, id }) => type === 'purchase' && id === entry.purchaseId);
    const held = lot === undefined ? 0n : this.journal.creditsLeft(lot);
    const asked = entry.credits ?? held;
    const credits = asked < held ? asked : held;
    if (lot !== undefined && credits > 0n) {
      const value = partOf(this.journal.valueLeft(lot), credits, held);
      this.journal.write({ because: entry, what: 'withdrawn', lot, at: entry.occurredAt, credits, value });
    }
    return asked - credits;
  }

  private expire(lot: Opening, at: bigint): void {
    const credits = this.journal.creditsLeft(lot);
    if (credits > 0n)
      this.journal.write({
        because: null,
        what: 'lapsed',
        lot,
        at,
        credits,
        value: this.journal.valueLeft(lot),
      });
  }

  /** "free before purchased; inside each pool the soonest expiresAt first (none last), then the lot's own place". */
  private lotsThatMayPay(pool: Pool): Opening[] {
    return this.lotsInOrder().filter(
      (lot) => this.journal.creditsLeft(lot) > 0n && (pool === 'any' || pool === poolOf(lot)),
    );
  }

  private lotsInOrder(): Opening[] {
    const byPlace = [...this.openings].sort(slowCompare);
    const expiring = byPlace.filter((lot) => lot.expiresAt !== null);
    const soonestFirst = expiring.sort((left, right) =>
      Number((left.expiresAt ?? 0n) - (right.expiresAt ?? 0n)),
    );
    const all = [...soonestFirst, ...byPlace.filter((lot) => lot.expiresAt === null)];
    return [
      ...all.filter((lot) => poolOf(lot) === 'free'),
      ...all.filter((lot) => poolOf(lot) === 'purchased'),
    ];
  }

  private openLots(lines = this.journal.lines.length): OpenLot[] {
    return this.lotsInOrder()
      .map((lot) => ({
        pool: poolOf(lot),
        lot: lot.id,
        credits: this.journal.creditsLeft(lot, lines),
        value: this.journal.valueLeft(lot, lines),
        expiresAt: lot.expiresAt,
      }))
      .filter((lot) => lot.credits > 0n);
  }

  private balance(lines = this.journal.lines.length): Balance {
    const held = this.openLots(lines);
    return {
      freeCredits: total(held.filter((lot) => lot.pool === 'free')).credits,
      purchasedCredits: total(held.filter((lot) => lot.pool === 'purchased')).credits,
      unpaidCredits: this.spendings
        .map((spend) => this.journal.unpaid(spend, lines))
        .reduce((sum, one) => sum + one, 0n),
    };
  }

  private lotEnd(lot: Opening): LotEnd {
    const ofLot = (...whats: JournalLine['what'][]): readonly [bigint, bigint] => {
      const { credits, value } = total(
        this.journal.lines.filter((line) => line.lot === lot && whats.includes(line.what)),
      );
      return [credits, value];
    };
    const [paidCredits, paidValue] = ofLot('paid', 'paidAgain');
    const [returnedCredits, returnedValue] = ofLot('returned', 'reversedPaid');
    const pair = ({ credits, value }: Sum): readonly [bigint, bigint] => [credits, value];
    return {
      pool: poolOf(lot),
      lot: lot.id,
      acquired: ofLot('opened'),
      left: [this.journal.creditsLeft(lot), this.journal.valueLeft(lot)],
      paid: [paidCredits - returnedCredits, paidValue - returnedValue],
      lapsed: pair(this.journal.lapsed(lot)),
      refunded: ofLot('withdrawn'),
      reversed: pair(this.journal.reversed(lot)),
    };
  }

  private spendEnd(spend: Spending): SpendEnd {
    const allocations = this.journal.takings(spend).map((taking) => ({
      ...movementOf(taking),
      ...this.journal.stillPays(taking),
      paidAt: taking.at,
      taking: taking.lot === null ? 0 : this.journal.takingsOf(taking.lot).indexOf(taking) + 1,
      takenCredits: taking.credits,
      takenValue: taking.value,
    }));
    return {
      spend: `${spend.type} ${spend.id}`,
      occurredAt: spend.occurredAt,
      cost: spend.credits,
      free: total(allocations.filter((allocation) => allocation.pool === 'free')).credits,
      purchased: total(allocations.filter((allocation) => allocation.pool === 'purchased')).credits,
      unpaid: this.journal.unpaid(spend),
      refunded: this.journal.refunded(spend),
      gross: total(allocations.filter((allocation) => allocation.pool === 'purchased')).value,
      allocations,
    };
  }
}

function spendOf({ spend }: JournalLine): string {
  return `${spend?.type} ${spend?.id}`;
}

function movementOf(line: JournalLine): Movement {
  if (line.lot === null) throw new Error(`${line.what} concerns no lot`);
  return { pool: poolOf(line.lot), lot: line.lot.id, credits: line.credits, value: line.value };
}

function poolOf(lot: Opening): LotPool {
  return lot.type === 'award' ? 'free' : 'purchased';
}

function compareTexts(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
