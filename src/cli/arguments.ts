import { InvalidArgumentError } from 'commander';
import {
  isPlatformId,
  isRole,
  parseDecimal,
  parseInstant,
  ROLES,
  type Instant,
  type Micros,
  type Role,
} from '../domain/index.js';
import { isDay } from '../platform/validation/day.js';

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Parses an id of the platform. */
export function platformId(text: string): string {
  if (isPlatformId(text)) return text;
  throw new InvalidArgumentError(
    'It must be 1 to 128 characters of A-Z a-z 0-9 . _ : @ | + = ~ - that begin with a letter or digit.',
  );
}

/** Parses a digest: SHA-256 in hexadecimal. */
export function digest(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError('Give a digest: 64 characters of 0-9 a-f.');
}

/** Adds an id to the earlier ones of a repeated option. */
export function collectId(text: string, earlier: readonly string[] = []): string[] {
  return [...earlier, platformId(text)];
}

/** Adds a role to the earlier ones of a repeated option. */
export function collectRole(text: string, earlier: readonly Role[]): Role[] {
  if (isRole(text)) return [...new Set([...earlier, text])];
  throw new InvalidArgumentError(`It must be one of ${ROLES.join(', ')}.`);
}

export function dayOrInstant(text: string): string {
  if (!isDay(text) && parseInstant(text) === null) {
    throw new InvalidArgumentError(
      'Give an existing day like 2026-05-01, or an instant like 2026-05-01T09:30:00Z.',
    );
  }
  return text;
}

/** Parses a month. */
export function month(text: string): string {
  if (/^\d{4}-\d\d$/.test(text) && isDay(`${text}-01`)) return text;
  throw new InvalidArgumentError('Give a month like 2026-05.');
}

export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === null) throw new InvalidArgumentError('Give an instant like 2026-05-01T09:30:00Z.');
  return parsed;
}

export function decimal(text: string): Micros {
  const parsed = parseDecimal(text);
  if (parsed === null) throw new InvalidArgumentError('Give a decimal like 0.01, 0 or more.');
  return parsed;
}

/** Returns a parser for a whole number from 1 to the maximum. */
export function countUpTo(max: number): (text: string) => number {
  return (text) => {
    const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    if (count < 1 || count > max) throw new InvalidArgumentError(`Give a number from 1 to ${max}.`);
    return count;
  };
}

/** Parses a duration to seconds. */
export function duration_seconds(text: string): number {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  if (match === null)
    throw new InvalidArgumentError('It must be a whole number with s, m, h or d, like 12h.');
  return Number(match[1]) * (SECONDS_PER_UNIT[match[2] as string] as number);
}
