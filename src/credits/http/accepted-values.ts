import { v7 as timeOrderedUuid } from 'uuid';
import { type Instant, type Micros, parseDecimal, parseInstant } from '../../domain/index.js';

/** The value of a decimal that a DTO has validated; null if absent. */
export function acceptedMicros(decimal: string): Micros;
export function acceptedMicros(decimal: string | undefined): Micros | null;
export function acceptedMicros(decimal: string | undefined): Micros | null {
  return accepted(decimal, parseDecimal);
}

/** The value of an instant that a DTO has validated; null if absent. */
export function acceptedInstant(instant: string | undefined): Instant | null {
  return accepted(instant, parseInstant);
}

function accepted<T>(text: string | undefined, parse: (text: string) => T | null): T | null {
  if (text === undefined) return null;
  const value = parse(text);
  if (value === null) throw new Error(`"${text}" is invalid and was not rejected by its validator.`);
  return value;
}

/**
 * Generates an id for an entry without one: a UUID of version 7, so that new ids are adjacent in the ledger's index.
 */
export function newEntryId(): string {
  return timeOrderedUuid();
}
