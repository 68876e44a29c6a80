import type { EntityManager } from 'typeorm';
import {
  shareAt,
  type Instant,
  type PaymentTerms,
  type RevenueShare,
  type ShareTimeline,
} from '../../domain/index.js';
import { shareSql, SqlLiterals } from '../../revenue/index.js';
import { currencyPlaces, type TimeZones, type VariablesService } from '../../variables/index.js';
import { readLastClosing, type StoredClosing } from './closing.js';
import { closingMonth, type ClosingMonth, type ClosingRequest } from './closing-month.js';

/** The shares of all time, as SQL and for single instants. */
export interface Shares {
  /** SQL of the percentage, a numeric, in force at an instant; without parameters. */
  percentAt(instantSql: string): string;
  at(instant: Instant): RevenueShare;
}

/** All that a closing fixes for its month. */
export interface ClosingTerms extends ClosingMonth, PaymentTerms {
  readonly currency: string;
  readonly shares: Shares;
}

/**
 * Reads the terms of a closing, in its snapshot.
 *
 * @throws Problem as closingMonth
 */
export async function readTerms(
  request: ClosingRequest,
  { variables, zones }: { readonly variables: VariablesService; readonly zones: TimeZones },
  manager: EntityManager,
): Promise<ClosingTerms> {
  const current = await variables.current(manager);
  const month = await closingMonth(request, { zones, zoneDefault: current.timeZone }, manager);
  return {
    ...month,
    currency: current.currency,
    currencyMinorUnit: currencyPlaces(current.currency),
    minimumPayout: current.minimumPayout * 1_000_000n,
    shares: sharesOf(current.shares),
  };
}

/** What is closed, and the shares: enough to find open adjustments. */
export interface Standing extends Pick<ClosingMonth, 'firstStart' | 'timeZone'> {
  readonly previous: StoredClosing;
  readonly shares: Shares;
}

/** Null if no month is closed. */
export async function readStanding(
  variables: VariablesService,
  manager: EntityManager,
): Promise<Standing | null> {
  const closed = await readLastClosing(manager);
  if (closed === null) return null;
  const { shares } = await variables.current(manager);
  const { last, firstStart } = closed;
  return { previous: last, firstStart, timeZone: last.timeZone, shares: sharesOf(shares) };
}

/** The shares of a timeline, for statements without parameters. */
export function sharesOf(timeline: ShareTimeline): Shares {
  const sql = shareSql(timeline, new SqlLiterals());
  return {
    percentAt: (instant) => `${sql.percentAt(instant)}::numeric`,
    at: (instant) => shareAt(timeline, instant),
  };
}
