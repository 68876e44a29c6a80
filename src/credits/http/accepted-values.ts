import { v7 as timeOrderedUuid } from 'uuid';
import { parseDecimal, parseInstant, type Instant, type Micros } from '../../domain/index.js';

/** The value of a decimal that a DTO has accepted. */
export function microsOf(decimal: string): Micros {
  return accepted(decimal, parseDecimal);
}

/** The same of a field that may be absent; null: it is. */
export function statedMicros(decimal: string | undefined): Micros | null {
  return decimal === undefined ? null : microsOf(decimal);
}

/** The value of an instant that a DTO has accepted; null: it is absent. */
export function statedInstant(instant: string | undefined): Instant | null {
  return instant === undefined ? null : accepted(instant, parseInstant);
}

/** The id that was given, or a new one: RFC 9562, version 7, so that new ids are neighbours in the ledger's index. */
export function statedId(id: string | undefined): string {
  return id ?? timeOrderedUuid();
}

function accepted<T>(text: string, parse: (text: string) => T | null): T {
  const value = parse(text);
  if (value === null) throw new Error(`"${text}" got past its validator.`);
  return value;
}
