/** The question that the address asks, with its dates, its time zone and the period to compare with filled in. */

import type { Address } from '../../address/address.js';
import { periodBefore, presetRange, type Before } from '../../address/ranges.js';
import type { OpenRange } from '../../address/range.js';
import type { ReportQuery, RevenueFilter } from '../../api/revenue.js';
import type { Platform } from '../../api/settings.js';
import { daysFrom, monthName, rangeName, today } from '../../exact/time.js';
import { t } from './texts.js';

export interface RevenueQuestion {
  readonly address: Address;
  readonly timeZone: string;
  readonly range: OpenRange;
  readonly filter: RevenueFilter;
  /** Null: the range has no end, so there is nothing before it. */
  readonly before: PeriodBefore | null;
  /** Of the chart. */
  readonly unit: 'day' | 'week' | 'month';
}

/** The period that figures are compared with. */
export interface PeriodBefore {
  readonly filter: RevenueFilter;
  /** Its days: 1 – 31 Jan 2026. */
  readonly days: string;
  /** After a figure: in January 2026. */
  readonly words: string;
}

/** The most days that are shown as days, and the most that are shown as weeks. */
const MOST_DAYS = 92;
const MOST_DAYS_OF_WEEKS = 731;

export function questionOf(address: Address, platform: Platform, now: Date): RevenueQuestion {
  const timeZone = address.timeZone ?? platform.timeZone;
  const day = today(timeZone, now);
  const range = rangeOf(address, day);
  const { first, last } = range;
  const whole = first !== null && last !== null ? { first, last } : null;
  const before = periodBefore(address.range, whole, day);
  return {
    address,
    timeZone,
    range,
    filter: filterOf(address, range, timeZone),
    before: before && {
      filter: filterOf(address, before, timeZone),
      days: rangeName(before.first, before.last),
      words: beforeWords(before),
    },
    unit: address.unit ?? fittingUnit(whole),
  };
}

export function reportQuery({ filter, address: { sort, order } }: RevenueQuestion): ReportQuery {
  return { ...filter, sort, order };
}

/** @param day today */
function rangeOf(address: Address, day: string): OpenRange {
  if (address.range === null) return { first: address.startDate, last: address.endDate };
  return presetRange(address.range, day) ?? { first: null, last: null };
}

function filterOf(address: Address, { first, last }: OpenRange, timeZone: string): RevenueFilter {
  const some = (ids: readonly string[]): string[] | undefined => (ids.length === 0 ? undefined : [...ids]);
  return {
    startDate: first ?? undefined,
    endDate: last ?? undefined,
    timeZone,
    moduleId: some(address.moduleIds),
    exceptModuleId: some(address.exceptModuleIds),
    partnerId: some(address.partnerIds),
    owner: address.owner ?? undefined,
    includeFree: address.includeFree || undefined,
  };
}

function fittingUnit(
  range: { readonly first: string; readonly last: string } | null,
): 'day' | 'week' | 'month' {
  if (range === null) return 'month';
  const days = daysFrom(range.first, range.last);
  return days <= MOST_DAYS ? 'day' : days <= MOST_DAYS_OF_WEEKS ? 'week' : 'month';
}

function beforeWords(before: Before): string {
  const count = daysFrom(before.first, before.last);
  switch (before.kind) {
    case 'whole':
      return t('beforePeriod', { period: periodName(before) });
    case 'running':
      return t('beforeSameDays', { count, period: periodName(before) });
    case 'days':
      return t('beforeDays', { count });
  }
}

/** January 2026, Q1 2026 or 2026. */
function periodName({ first, months }: Before): string {
  const year = first.slice(0, 4);
  if (months === 12) return year;
  const quarter = String(Math.ceil(Number(first.slice(5, 7)) / 3));
  return months === 3 ? t('quarter', { quarter, year }) : monthName(first.slice(0, 7));
}
