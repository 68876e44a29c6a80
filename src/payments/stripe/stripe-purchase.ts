import { isPlatformId, type Micros } from '../../domain/index.js';
import { idOf, objectOf, type StripeEvent, type StripeObject } from './stripe-event.js';
import { creditsOfMetadata, microsOfMinorUnits } from './stripe-money.js';

/** How the events of a file are read. */
export interface StripeOptions {
  /** Which events are purchases: those of Checkout sessions, or those of payment intents. */
  readonly purchases: 'sessions' | 'intents';
  /** The platform's currency. */
  readonly currency: string;
  /** The keys of the metadata that name the user and the credits. */
  readonly userKey: string;
  readonly creditsKey: string;
}

/** A purchase of credits, as an event tells it. */
export interface StripePurchase {
  readonly paymentIntent: string;
  readonly userId: string;
  readonly credits: Micros;
  /** What the customer paid, tax included. */
  readonly total: Micros;
  /** Null if the event does not tell it. */
  readonly tax: Micros | null;
}

/** Thrown for an event that cannot be converted; the message says why. */
export class NotConvertible extends Error {
  override readonly name = 'NotConvertible';
}

/** The events that are purchases. */
export const PURCHASE_EVENTS = {
  sessions: ['checkout.session.completed', 'checkout.session.async_payment_succeeded'],
  intents: ['payment_intent.succeeded'],
} as const satisfies Record<StripeOptions['purchases'], readonly string[]>;

/**
 * Reads the purchase of an event.
 *
 * @returns null if it is not paid yet; then a later event tells it
 * @throws NotConvertible
 */
export function purchaseOf({ object }: StripeEvent, options: StripeOptions): StripePurchase | null {
  const isSession = options.purchases === 'sessions';
  if (isSession && object.payment_status === 'unpaid') return null;
  if (isSession && object.payment_status !== 'paid') {
    throw new NotConvertible(`payment_status is ${JSON.stringify(object.payment_status)}, not "paid"`);
  }
  const paymentIntent = isSession ? idOf(object.payment_intent) : idOf(object.id);
  if (paymentIntent === null || !isPlatformId(paymentIntent)) {
    throw new NotConvertible('it names no payment intent');
  }
  assertCurrency(object, options.currency);
  const metadata = objectOf(object.metadata) ?? {};
  const userId = metadata[options.userKey];
  if (typeof userId !== 'string' || !isPlatformId(userId)) {
    throw new NotConvertible(`metadata.${options.userKey} is not the id of a user`);
  }
  const credits = creditsOfMetadata(metadata[options.creditsKey]);
  if (credits === null) {
    throw new NotConvertible(`metadata.${options.creditsKey} is not a decimal above 0, like "100"`);
  }
  const [paid, tax] = isSession
    ? [object.amount_total, objectOf(object.total_details)?.amount_tax]
    : [object.amount_received, objectOf(objectOf(object.amount_details)?.tax)?.total_tax_amount];
  const total = amountOf(paid, options.currency, isSession ? 'amount_total' : 'amount_received');
  const told = tax === undefined || tax === null ? null : amountOf(tax, options.currency, 'the tax');
  if (told !== null && told > total) throw new NotConvertible('its tax is more than what was paid');
  return { paymentIntent, userId, credits, total, tax: told };
}

/** @throws NotConvertible if the object is in another currency */
export function assertCurrency(object: StripeObject, currency: string): void {
  if (object.currency === currency.toLowerCase()) return;
  throw new NotConvertible(
    `its currency is ${JSON.stringify(object.currency)}, and the platform's is ${currency}; record it yourself, with originalAmount and originalCurrency`,
  );
}

/** @throws NotConvertible if it is not an amount in the smallest unit of the currency */
export function amountOf(value: unknown, currency: string, name: string): Micros {
  const micros = microsOfMinorUnits(value, currency);
  if (micros !== null) return micros;
  throw new NotConvertible(`${name} is not an amount in the smallest unit of ${currency}`);
}
