/** The range in an address: a preset, or two days of which either can be left open. All areas with a range have it. */

import { dayName, isDay, rangeName, today } from '../exact/time.js';
import { catalogue } from '../texts/catalogue.js';
import { texts } from '../texts/en/ranges.js';
import { defineParameters, optional, type Parameter } from './parameters.js';
import { PRESETS, presetRange, type Preset } from './ranges.js';

const t = catalogue(texts, { de: () => import('../texts/de/ranges.js') });

/** Days, both included; null: open. */
export interface OpenRange {
  readonly first: string | null;
  readonly last: string | null;
}

const preset: Parameter<Preset> = {
  usual: 'last-30-days',
  read: ([value]) => PRESETS.find((one) => one === value),
  write: (value) => [value],
};
/** A day that exists; null: none is named. */
export const day: Parameter<string | null> = {
  ...optional(),
  read: ([value]) => (value !== undefined && isDay(value) ? value : undefined),
};

/** The parameters of the address: the preset does not count if there is a day. */
export const rangeParameters = defineParameters({
  range: preset,
  startDate: day,
  endDate: day,
  timeZone: optional(),
});

/** The range that the address names, and the preset that it comes from. */
export function rangeHere(
  platformZone: string,
): OpenRange & { readonly preset: Preset | null; readonly timeZone: string } {
  const { range, startDate, endDate, timeZone } = rangeParameters.here();
  const zone = timeZone ?? platformZone;
  const isOrdered = startDate === null || endDate === null || startDate <= endDate;
  if (isOrdered && (startDate !== null || endDate !== null)) {
    return { first: startDate, last: endDate, preset: null, timeZone: zone };
  }
  const days = presetRange(range, today(zone, new Date()));
  return { first: days?.first ?? null, last: days?.last ?? null, preset: range, timeZone: zone };
}

/** The range as the parameters of the API. */
export function rangeQuery({ first, last }: OpenRange): {
  readonly startDate?: string;
  readonly endDate?: string;
} {
  return { startDate: first ?? undefined, endDate: last ?? undefined };
}

export function presetName(preset: Preset): string {
  switch (preset) {
    case 'all':
      return t('allTime');
    case 'last-7-days':
      return t('last7Days');
    case 'last-30-days':
      return t('last30Days');
    case 'last-month':
      return t('lastMonth');
    case 'this-month':
      return t('thisMonth');
    case 'this-quarter':
      return t('thisQuarter');
    case 'last-quarter':
      return t('lastQuarter');
    case 'this-year':
      return t('thisYear');
    case 'last-year':
      return t('lastYear');
    case 'last-12-months':
      return t('last12Months');
  }
}

/** The names of all presets, for a choice. */
export function presetNames(): readonly { readonly value: Preset; readonly label: string }[] {
  return PRESETS.map((value) => ({ value, label: presetName(value) }));
}

/** The days in words: 1 – 12 Nov 2026. */
export function daysName({ first, last }: OpenRange): string {
  if (first === null) return last === null ? t('allTime') : t('upTo', { day: dayName(last) });
  return last === null ? t('from', { day: dayName(first) }) : rangeName(first, last);
}
