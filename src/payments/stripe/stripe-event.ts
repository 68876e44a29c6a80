import { readJson } from '../../platform/json/index.js';

/** The fields of one of Stripe's objects, not yet checked. */
export type StripeObject = Readonly<Record<string, unknown>>;

/** One of Stripe's event objects (docs.stripe.com/api/events/object). */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly object: StripeObject;
  /** Earlier values of the object's fields that changed; empty if they are not told. */
  readonly previous: StripeObject;
}

/** Reads the event of a line, or says what is wrong. */
export function readStripeEvent(line: string): StripeEvent | { readonly complaint: string } {
  const reading = readJson(line);
  if ('error' in reading) return { complaint: `${reading.error.field} ${reading.error.message}` };
  const event = objectOf(reading.value);
  if (event?.object !== 'event') return { complaint: 'the line is not one of Stripe’s event objects' };
  const { id, type, created } = event;
  const data = objectOf(event.data);
  const object = objectOf(data?.object);
  const isWhole = typeof id === 'string' && typeof type === 'string' && Number.isSafeInteger(created);
  if (!isWhole || object === null)
    return { complaint: 'the event lacks its id, type, created or data.object' };
  return {
    id,
    type,
    created: created as number,
    object,
    previous: objectOf(data?.previous_attributes) ?? {},
  };
}

/** The id of an object that is given by its id or expanded; null if there is none. */
export function idOf(reference: unknown): string | null {
  const id = typeof reference === 'string' ? reference : objectOf(reference)?.id;
  return typeof id === 'string' && id !== '' ? id : null;
}

export function objectOf(value: unknown): StripeObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as StripeObject)
    : null;
}
