import {
  parseRevenueShare,
  shareTimeline,
  storedSteps,
  timelineFromStored,
  type ShareTimeline,
  type StoredStep,
} from '../domain/index.js';

/** The share as the database stores it: the value that holds for all time, or steps. */
export type StoredShare = string | readonly StoredStep[];

/** @throws Error if it is neither; the stored state is then corrupt */
export function timelineOf(stored: StoredShare): ShareTimeline {
  if (typeof stored !== 'string') return timelineFromStored(stored);
  const share = parseRevenueShare(stored);
  if (share === null) throw new Error(`The stored share "${stored}" is not a percentage.`);
  return shareTimeline([{ from: null, share }]);
}

/** The steps to store beside the value; null if the value holds for all time. */
export function stepsToStore(timeline: ShareTimeline): readonly StoredStep[] | null {
  return timeline.length === 1 ? null : storedSteps(timeline);
}
