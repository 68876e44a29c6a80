import {
  formatDecimal,
  formatInstant,
  proportion,
  type Instant,
  type Micros,
  type ReversalCause,
} from '../../domain/index.js';
import { idOf, readStripeEvent, type StripeEvent } from './stripe-event.js';
import {
  amountOf,
  assertCurrency,
  NotConvertible,
  PURCHASE_EVENTS,
  purchaseOf,
  type StripeOptions,
  type StripePurchase,
} from './stripe-purchase.js';

/** A line of an import. */
type ImportLine = Readonly<Record<string, string>>;

/** A purchase that is recorded already: its credits, and what the customer paid, tax included. */
export interface KnownPurchase {
  readonly credits: Micros;
  readonly total: Micros;
}

/** An event that was not converted, and why. */
export interface Unconverted {
  readonly line: number;
  /** Id and type of the event; null if they could not be read. */
  readonly event: string | null;
  readonly reason: string;
}

/** The result of a conversion. */
export interface StripeConversionResult {
  /** In the order of their times. */
  readonly lines: readonly ImportLine[];
  readonly unconverted: readonly Unconverted[];
  /** Numbers of events that are no purchases, refunds or disputes, by type. */
  readonly otherTypes: ReadonlyMap<string, number>;
  /** Number of events that were read, repeated ones once. */
  readonly events: number;
}

interface Told<T> {
  readonly line: number;
  readonly event: StripeEvent;
  readonly what: T;
}

interface Refund {
  readonly charge: string;
  readonly paymentIntent: string;
  readonly amount: Micros;
  /** All refunds of the charge so far. */
  readonly refunded: Micros;
  /** What was refunded before; null if the event does not tell it. */
  readonly before: Micros | null;
}

interface Dispute {
  readonly id: string;
  readonly paymentIntent: string;
  readonly amount: Micros;
  readonly cause: ReversalCause;
}

/**
 * Converts Stripe's events to lines of an import. Events can be repeated and in any order: the ids of the lines come
 * from Stripe's objects, and the earliest event of each wins.
 */
export class StripeConversion {
  private readonly seen = new Set<string>();
  private readonly purchases = new Map<string, Told<StripePurchase>>();
  private readonly refunds = new Map<string, Told<Refund>>();
  private readonly disputes = new Map<string, Told<Dispute>>();
  private readonly wins = new Map<string, Told<string>>();
  private readonly unconverted: Unconverted[] = [];
  private readonly otherTypes = new Map<string, number>();

  constructor(private readonly options: StripeOptions) {}

  /** Reads one line of the file. */
  add(line: number, text: string): void {
    const event = readStripeEvent(text);
    if ('complaint' in event) {
      this.refuse(line, event.complaint);
      return;
    }
    if (this.seen.has(event.id)) return;
    this.seen.add(event.id);
    this.attempt(line, event, () => this.read(line, event));
  }

  /** Lists a line that is no event. */
  refuse(line: number, reason: string): void {
    this.unconverted.push({ line, event: null, reason });
  }

  /** The payment intents that refunds and disputes name and that are not in the file. */
  missingPurchases(): string[] {
    const named = [...this.refunds.values(), ...this.disputes.values()].map(({ what }) => what.paymentIntent);
    return [...new Set(named)].filter((id) => !this.purchases.has(id));
  }

  /** @param recorded those of `missingPurchases` that the ledger has */
  finish(recorded: ReadonlyMap<string, KnownPurchase>): StripeConversionResult {
    const known = new Map<string, KnownPurchase>([
      ...recorded,
      ...[...this.purchases].map(([id, { what }]) => [id, what] as const),
    ]);
    const lines: { readonly at: Instant; readonly line: ImportLine }[] = [];
    const put = <T>(told: Iterable<Told<T>>, lineOf: (told: Told<T>) => ImportLine): void => {
      for (const one of told) {
        this.attempt(one.line, one.event, () => lines.push({ at: timeOf(one.event), line: lineOf(one) }));
      }
    };
    put(this.purchases.values(), purchaseLine);
    put(this.refunds.values(), (told) => refundLine(told, this.refundedBefore(told.what), known));
    put(this.disputes.values(), (told) => disputeLine(told, known));
    put(this.wins.values(), releaseLine);
    lines.sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0));
    return {
      lines: lines.map(({ line }) => line),
      unconverted: this.unconverted.toSorted((left, right) => left.line - right.line),
      otherTypes: this.otherTypes,
      events: this.seen.size,
    };
  }

  private read(line: number, event: StripeEvent): void {
    const { type, object } = event;
    const { currency, purchases } = this.options;
    if ((PURCHASE_EVENTS[purchases] as readonly string[]).includes(type)) {
      const what = purchaseOf(event, this.options);
      if (what !== null) keep(this.purchases, what.paymentIntent, { line, event, what });
    } else if (type === 'charge.refunded') {
      const what = refundOf(event, currency);
      keep(this.refunds, `${what.charge}:refund:${String(object.amount_refunded)}`, { line, event, what });
    } else if (type === 'charge.dispute.funds_withdrawn') {
      const what = disputeOf(event, currency);
      keep(this.disputes, what.id, { line, event, what });
    } else if (type === 'charge.dispute.funds_reinstated') {
      const what = named(idOf(object.id), 'the dispute has no id');
      keep(this.wins, what, { line, event, what });
    } else {
      this.otherTypes.set(type, (this.otherTypes.get(type) ?? 0) + 1);
    }
  }

  /** What was refunded before: as the event tells it, or by the highest lower sum of the same charge in the file. */
  private refundedBefore({ charge, refunded, before }: Refund): Micros {
    if (before !== null) return before;
    const lower = [...this.refunds.values()]
      .filter(({ what }) => what.charge === charge && what.refunded < refunded)
      .map(({ what }) => what.refunded);
    return lower.reduce((highest, one) => (one > highest ? one : highest), 0n);
  }

  private attempt(line: number, event: StripeEvent, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof NotConvertible)) throw error;
      this.unconverted.push({ line, event: `${event.type} ${event.id}`, reason: error.message });
    }
  }
}

/** Keeps the earliest event of an object; of one second, that with the first id. */
function keep<T>(events: Map<string, Told<T>>, key: string, told: Told<T>): void {
  const other = events.get(key);
  const isEarlier =
    other === undefined ||
    told.event.created < other.event.created ||
    (told.event.created === other.event.created && told.event.id < other.event.id);
  if (isEarlier) events.set(key, told);
}

function refundOf({ object, previous }: StripeEvent, currency: string): Refund {
  assertCurrency(object, currency);
  const told = previous.amount_refunded;
  return {
    charge: named(idOf(object.id), 'the charge has no id'),
    paymentIntent: named(idOf(object.payment_intent), 'the charge names no payment intent'),
    amount: amountOf(object.amount, currency, 'amount'),
    refunded: amountOf(object.amount_refunded, currency, 'amount_refunded'),
    before: told === undefined ? null : amountOf(told, currency, 'previous_attributes.amount_refunded'),
  };
}

function disputeOf({ object }: StripeEvent, currency: string): Dispute {
  assertCurrency(object, currency);
  return {
    id: named(idOf(object.id), 'the dispute has no id'),
    paymentIntent: named(idOf(object.payment_intent), 'the dispute names no payment intent'),
    amount: amountOf(object.amount, currency, 'amount'),
    cause: object.reason === 'fraudulent' ? 'fraud' : 'chargeback',
  };
}

function named(id: string | null, complaint: string): string {
  if (id === null) throw new NotConvertible(complaint);
  return id;
}

function timeOf({ created }: StripeEvent): Instant {
  return BigInt(created) * 1_000_000n;
}

function purchaseLine({ event, what }: Told<StripePurchase>): ImportLine {
  const { paymentIntent, userId, credits, total, tax } = what;
  return {
    type: 'purchase',
    externalId: paymentIntent,
    userId,
    credits: formatDecimal(credits),
    amount: formatDecimal(total - (tax ?? 0n)),
    ...(tax === null ? {} : { tax: formatDecimal(tax) }),
    occurredAt: formatInstant(timeOf(event)),
  };
}

/** The last refund of a charge takes all that is left, so that no cut of an earlier one remains. */
function refundLine(
  { event, what }: Told<Refund>,
  before: Micros,
  known: ReadonlyMap<string, KnownPurchase>,
): ImportLine {
  const { charge, paymentIntent, amount, refunded } = what;
  if (refunded <= before) throw new NotConvertible('it refunds nothing more than before');
  const { credits } = purchaseNamed(paymentIntent, known);
  const part = refunded >= amount ? null : partOf(credits, refunded - before, amount);
  const id = `${charge}:refund:${String(event.object.amount_refunded)}`;
  return reversalLine(id, event, paymentIntent, part, 'other');
}

function disputeLine({ event, what }: Told<Dispute>, known: ReadonlyMap<string, KnownPurchase>): ImportLine {
  const { id, paymentIntent, amount, cause } = what;
  const { credits, total } = purchaseNamed(paymentIntent, known);
  const part = amount >= total ? null : partOf(credits, amount, total);
  return reversalLine(id, event, paymentIntent, part, cause);
}

function reversalLine(
  externalId: string,
  event: StripeEvent,
  purchaseExternalId: string,
  credits: Micros | null,
  reason: ReversalCause,
): ImportLine {
  return {
    type: 'purchaseReversal',
    externalId,
    purchaseExternalId,
    ...(credits === null ? {} : { credits: formatDecimal(credits) }),
    occurredAt: formatInstant(timeOf(event)),
    reason,
  };
}

function releaseLine({ event, what }: Told<string>): ImportLine {
  return {
    type: 'reversalRelease',
    externalId: `${what}:reinstated`,
    reversalExternalId: what,
    occurredAt: formatInstant(timeOf(event)),
  };
}

function purchaseNamed(id: string, known: ReadonlyMap<string, KnownPurchase>): KnownPurchase {
  const purchase = known.get(id);
  if (purchase !== undefined) return purchase;
  throw new NotConvertible(
    `the purchase ${id} is neither in this file nor recorded; convert and import it first, or leave the event out if it is no purchase of credits`,
  );
}

function partOf(credits: Micros, amount: Micros, total: Micros): Micros {
  const part = proportion(credits, amount, total);
  if (part === 0n) throw new NotConvertible('its part of the credits is less than 0.000001');
  return part;
}
