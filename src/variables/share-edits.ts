import type { EntityManager } from 'typeorm';
import {
  areSameSteps,
  formatRevenueShare,
  parseInstant,
  parseRevenueShare,
  scheduleShare,
  setShare,
  shareAt,
  takeBackSteps,
  type Instant,
  type LocalDay,
  type RevenueShare,
  type ShareTimeline,
} from '../domain/index.js';
import { epochMicrosOf } from '../platform/database/index.js';
import { Problem } from '../platform/problem/index.js';
import { closedMonths } from './closed-months.js';
import { stepsToStore, timelineOf } from './share-value.js';
import type { StoredVariable } from './stored-variable.js';
import type { VariableEdit } from './variable-edit.js';
import { CLOSED_PROBLEMS, VARIABLES_PROBLEMS } from './variables.problems.js';

/** The first instant of the service's time; days of the year 1 can begin before it in the east. */
const EARLIEST = parseInstant('0001-01-01T00:00:00Z') as Instant;

/** A new share: for everything that is not closed, or from a day on. */
export interface NewShare {
  readonly share: RevenueShare;
  /** `YYYY-MM-DD`. */
  readonly effectiveFrom?: string;
}

/** The timeline after a change, and what the change concerned. */
export interface ShareChange extends Pick<VariableEdit, 'effective'> {
  readonly after: ShareTimeline;
}

/**
 * What a new share makes of a timeline; writes nothing.
 *
 * @throws Problem STATEMENTS.MONTH_CLOSED
 */
export async function changedShare(
  timeline: ShareTimeline,
  { share, effectiveFrom: day }: NewShare,
  manager: EntityManager,
): Promise<ShareChange> {
  const { until, timeZone } = await closedMonths(manager);
  if (day === undefined) return { after: setShare(timeline, share, until), effective: null };
  const { from } = await localDay(day, timeZone, manager);
  const at = from < EARLIEST ? EARLIEST : from;
  const after = scheduleShare(timeline, { from: at, share }, until);
  if (after === 'closed') throw monthClosed(day);
  return { after, effective: { day, at } };
}

/**
 * The change that sets a share.
 *
 * @param before locked
 * @param value in its canonical form
 * @returns null if the timeline stays the same; the first value without a day is a change in any case
 * @throws Problem STATEMENTS.MONTH_CLOSED
 */
export async function shareSet(
  before: StoredVariable,
  { value, effectiveFrom }: { readonly value: string; readonly effectiveFrom?: string },
  manager: EntityManager,
): Promise<VariableEdit | null> {
  const timeline = timelineOf(before.timeline ?? before.value);
  const share = parseRevenueShare(value) as RevenueShare;
  const { after, effective } = await changedShare(timeline, { share, effectiveFrom }, manager);
  const isFirst = before.updatedBy === null && effective === null;
  if (areSameSteps(timeline, after) && !isFirst) return null;
  const from = formatRevenueShare(shareAt(timeline, effective?.at ?? BigInt(before.now)));
  return { ...storedAt(after, before), from, to: value, effective };
}

/**
 * Takes back the step that begins in a day.
 *
 * @param before locked
 * @throws Problem VARIABLES.STEP_NOT_FOUND, STATEMENTS.MONTH_CLOSED
 */
export async function stepTakenBack(
  before: StoredVariable,
  day: string,
  manager: EntityManager,
): Promise<VariableEdit> {
  const { until, timeZone } = await closedMonths(manager);
  const timeline = timelineOf(before.timeline ?? before.value);
  const span = await localDay(day, timeZone, manager);
  const after = takeBackSteps(timeline, span, until);
  if (after === 'closed') throw monthClosed(day);
  if (after === 'absent') {
    throw new Problem(
      VARIABLES_PROBLEMS.STEP_NOT_FOUND,
      `No step of partnerRevenueShare begins on ${day}; \`timeline\` of the variable lists all steps.`,
    );
  }
  const last = timeline.findLast(({ from }) => from !== null && from >= span.from && from < span.to);
  const at = last?.from ?? span.from;
  return {
    ...storedAt(after, before),
    from: formatRevenueShare(shareAt(timeline, at)),
    to: formatRevenueShare(shareAt(after, at)),
    effective: { day, at },
  };
}

function storedAt(after: ShareTimeline, { now }: StoredVariable): Pick<VariableEdit, 'value' | 'timeline'> {
  return { value: formatRevenueShare(shareAt(after, BigInt(now))), timeline: stepsToStore(after) };
}

/** @param timeZone null: the variable `timeZone` */
async function localDay(day: string, timeZone: string | null, manager: EntityManager): Promise<LocalDay> {
  const [row] = await manager.query<{ from: string; to: string }[]>(
    `SELECT ${epochMicrosOf('local_day_start($1::date, zone)')} AS from,
            ${epochMicrosOf('local_day_start($1::date + 1, zone)')} AS to
       FROM (SELECT coalesce($2, (SELECT value FROM variables WHERE key = 'timeZone')) AS zone) AS variable`,
    [day, timeZone],
  );
  if (row === undefined) throw new Error(`PostgreSQL knows no start of ${day}.`);
  return { from: BigInt(row.from), to: BigInt(row.to) };
}

function monthClosed(day: string): Problem {
  return new Problem(
    CLOSED_PROBLEMS.MONTH_CLOSED,
    `${day} is in a closed month, in which the share no longer changes. Choose a day of an open month.`,
  );
}
