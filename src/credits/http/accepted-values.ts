import { v7 as timeOrderedUuid } from 'uuid';
import { type Instant, type Micros, parseDecimal, parseInstant } from '../../domain/index.js';

/** The value of a decimal that a DTO has accepted; null where it is absent. */
export function acceptedMicros(decimal: string): Micros;
export function acceptedMicros(decimal: string | undefined): Micros | null;
export function acceptedMicros(decimal: string | undefined): Micros | null {
  return accepted(decimal, parseDecimal);
}

/** The value of an instant that a DTO has accepted; null where it is absent. */
export function acceptedInstant(instant: string | undefined): Instant | null {
  return accepted(instant, parseInstant);
}

function accepted<T>(text: string | undefined, parse: (text: string) => T | null): T | null {
  if (text === undefined) return null;
  const value = parse(text);
  if (value === null) throw new Error(`"${text}" got past its validator.`);
  return value;
}

/** An id for an entry that was sent without one: RFC 9562, version 7, so that new ids are neighbours in the ledger's index. */
export function newEntryId(): string {
  return timeOrderedUuid();
}
