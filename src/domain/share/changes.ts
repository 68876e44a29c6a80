import type { Instant } from '../instant.js';
import type { RevenueShare } from '../revenue-share.js';
import { shareTimeline, type ShareStart, type ShareTimeline } from './timeline.js';

/** The end of the last closed month: what is before it never changes. Null: no month is closed. */
export type ClosedUntil = Instant | null;

/** The first and the last instant of a local day, `[from, to)`. */
export interface LocalDay {
  readonly from: Instant;
  readonly to: Instant;
}

/** Replaces everything that is open with one share: all time if no month is closed. */
export function setShare(
  timeline: ShareTimeline,
  share: RevenueShare,
  closedUntil: ClosedUntil,
): ShareTimeline {
  if (closedUntil === null) return shareTimeline([{ from: null, share }]);
  return shareTimeline([...startsBefore(timeline, closedUntil), { from: closedUntil, share }]);
}

/**
 * Puts a share in force from an instant on. What begins later stays; a step that begins at the same instant is
 * replaced.
 *
 * @returns `closed` if the instant is before the end of the last closed month
 */
export function scheduleShare(
  timeline: ShareTimeline,
  { from, share }: ShareStart & { readonly from: Instant },
  closedUntil: ClosedUntil,
): ShareTimeline | 'closed' {
  if (isClosed(from, closedUntil)) return 'closed';
  const later = timeline.filter((step) => step.from !== null && step.from > from);
  return shareTimeline([...startsBefore(timeline, from), { from, share }, ...later]);
}

/**
 * Takes back the open steps that begin in a day: the share before them stays in force until the next step. There are
 * several only if they were scheduled in different time zones.
 *
 * @returns `absent` if none begins in the day, `closed` if the day is before the end of the last closed month
 */
export function takeBackSteps(
  timeline: ShareTimeline,
  day: LocalDay,
  closedUntil: ClosedUntil,
): ShareTimeline | 'absent' | 'closed' {
  const rest = timeline.filter(
    ({ from }) => from === null || from < day.from || from >= day.to || isClosed(from, closedUntil),
  );
  if (rest.length < timeline.length) return shareTimeline(rest);
  return isClosed(day.from, closedUntil) ? 'closed' : 'absent';
}

function startsBefore(timeline: ShareTimeline, instant: Instant): ShareStart[] {
  return timeline.filter(({ from }) => from === null || from < instant);
}

function isClosed(instant: Instant, closedUntil: ClosedUntil): boolean {
  return closedUntil !== null && instant < closedUntil;
}
