import {
  formatDecimal,
  formatRevenueShare,
  parseDecimal,
  parseRevenueShare,
  type RevenueShare,
} from '../domain/index.js';
import { isCurrency } from './currency.js';
import type { TimeZones } from './time-zones.js';
import type { VariableKey } from './variable-key.js';

/** The values in force until a value is set (docs/contract.md, "Variables"). */
export const VARIABLE_DEFAULTS: Readonly<Record<VariableKey, string>> = {
  partnerRevenueShare: '30',
  creditsPerUnit: '10',
  currency: 'USD',
  timeZone: 'UTC',
  minimumPayout: '0',
};

/** Error messages for invalid values. */
export const VALUE_MESSAGES: Readonly<Record<VariableKey, string>> = {
  partnerRevenueShare: 'must be a percentage from "0" to "100" in a string, with at most 4 decimal places',
  creditsPerUnit: 'must be a decimal from "0.01" to "1000000" in a string, with at most 2 decimal places',
  currency: 'must be a currency code of ISO 4217 in capitals, like "EUR"',
  timeZone: 'must be the name of an IANA time zone in its exact spelling, like "Europe/Berlin"',
  minimumPayout: 'must be a decimal of "0" or more in a string, with up to 12 digits and 6 decimal places',
};

const ONE_HUNDREDTH = 10_000n;
const CREDITS_PER_UNIT_MAX = 1_000_000_000_000n;

/** @returns the value in its canonical form, or null if it is invalid */
export async function canonicalValue(
  key: VariableKey,
  text: string,
  timeZones: TimeZones,
): Promise<string | null> {
  switch (key) {
    case 'partnerRevenueShare':
      return canonicalShare(text);
    case 'creditsPerUnit':
      return canonicalCreditsPerUnit(text);
    case 'currency':
      return isCurrency(text) ? text : null;
    case 'timeZone':
      return (await timeZones.has(text)) ? text : null;
    case 'minimumPayout':
      return canonicalAmount(text);
  }
}

function canonicalShare(text: string): string | null {
  const share = revenueShareIn(text);
  return share === null ? null : formatRevenueShare(share);
}

/** Reads a value of `partnerRevenueShare` and drops trailing zeros; null if it is invalid. */
export function revenueShareIn(text: string): RevenueShare | null {
  const decimal = parseDecimal(text);
  return decimal === null ? null : parseRevenueShare(formatDecimal(decimal));
}

function canonicalAmount(text: string): string | null {
  const micros = parseDecimal(text);
  return micros === null ? null : formatDecimal(micros);
}

function canonicalCreditsPerUnit(text: string): string | null {
  const micros = parseDecimal(text);
  const fits =
    micros !== null &&
    micros >= ONE_HUNDREDTH &&
    micros <= CREDITS_PER_UNIT_MAX &&
    micros % ONE_HUNDREDTH === 0n;
  return fits ? formatDecimal(micros) : null;
}
