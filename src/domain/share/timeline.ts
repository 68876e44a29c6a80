import { formatInstant, parseInstant, type Instant } from '../instant.js';
import { formatRevenueShare, parseRevenueShare, type RevenueShare } from '../revenue-share.js';

/** A half-open range of instants, `[from, to)`; null: without limit. */
export interface TimeSpan {
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** A share, and the time in which it is in force. */
export interface ShareStep extends TimeSpan {
  readonly share: RevenueShare;
}

/**
 * The shares of all time: one step or more, in the order of time, without gap or overlap, from the beginning without
 * end. Neighbours have different shares.
 */
export type ShareTimeline = readonly [ShareStep, ...ShareStep[]];

/** The beginning of a step; null: the beginning of all time. */
export type ShareStart = Pick<ShareStep, 'from' | 'share'>;

/** One step as it is stored, `from` as in docs/contract.md. */
export interface StoredStep {
  readonly from: string | null;
  readonly value: string;
}

/** One step as answers contain it. */
export interface StatedStep extends StoredStep {
  readonly to: string | null;
}

/**
 * Builds a timeline and merges neighbours that have the same share.
 *
 * @param starts in the order of time; only the first is at the beginning of all time
 * @throws RangeError for other starts
 */
export function shareTimeline(starts: readonly ShareStart[]): ShareTimeline {
  const changes = starts.filter(({ share }, index) => index === 0 || share !== starts[index - 1]?.share);
  const [first, ...later] = changes.map(({ from, share }, index) => ({
    from,
    to: changes[index + 1]?.from ?? null,
    share,
  }));
  if (first === undefined || !starts.every(isInOrder)) {
    throw new RangeError(
      'The steps of a share must be in the order of time, from the beginning of all time.',
    );
  }
  return [first, ...later];
}

function isInOrder({ from }: ShareStart, index: number, starts: readonly ShareStart[]): boolean {
  if (index === 0) return from === null;
  const before = starts[index - 1]?.from ?? null;
  return from !== null && (before === null || before < from);
}

/** The share in force at an instant. */
export function shareAt(timeline: ShareTimeline, instant: Instant): RevenueShare {
  return stepAt(timeline, instant).share;
}

/** The step that contains an instant. */
export function stepAt(timeline: ShareTimeline, instant: Instant): ShareStep {
  return timeline.findLast(({ from }) => from === null || from <= instant) ?? timeline[0];
}

/** The steps inside a range, the first and the last cut at its ends; none for an empty range. */
export function stepsWithin(timeline: ShareTimeline, range: TimeSpan): ShareStep[] {
  return timeline
    .map(({ from, to, share }) => ({ from: later(from, range.from), to: earlier(to, range.to), share }))
    .filter(({ from, to }) => from === null || to === null || from < to);
}

function later(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** Whether both have the same steps. */
export function areSameSteps(one: readonly ShareStep[], other: readonly ShareStep[]): boolean {
  const [left, right] = [statedSteps(one), statedSteps(other)];
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The steps for an answer. */
export function statedSteps(steps: readonly ShareStep[]): StatedStep[] {
  return steps.map(({ from, to, share }) => ({
    from: textOf(from),
    to: textOf(to),
    value: formatRevenueShare(share),
  }));
}

/** The steps for the database. */
export function storedSteps(timeline: ShareTimeline): StoredStep[] {
  return timeline.map(({ from, share }) => ({ from: textOf(from), value: formatRevenueShare(share) }));
}

/** Reads stored steps. @throws RangeError if they are not a timeline; the stored state is then corrupt */
export function timelineFromStored(stored: readonly StoredStep[]): ShareTimeline {
  return shareTimeline(
    stored.map(({ from, value }) => {
      const [start, share] = [from === null ? null : parseInstant(from), parseRevenueShare(value)];
      if (share === null || (start === null && from !== null)) {
        throw new RangeError(`The stored step ${JSON.stringify({ from, value })} is not a step of a share.`);
      }
      return { from: start, share };
    }),
  );
}

function textOf(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
