import type { Micros } from '../decimal.js';
import type { GrossChange, GrossPart, RecordedEntry } from './causes.js';

/** What a deployment of a closed month is now, against what was stated for it. */
export interface Adjustment<Recorded extends RecordedEntry = RecordedEntry> {
  /** By the last line about the deployment; 0 if none was ever stated. */
  readonly statedGross: Micros;
  readonly grossNow: Micros;
  /** Never 0. */
  readonly difference: Micros;
  /** What entries changed, in the order of recording. */
  readonly parts: readonly GrossPart<Recorded>[];
  /** What no entry explains, because a rule was mended; mostly 0. difference = all parts + correction. */
  readonly correction: Micros;
}

/**
 * The adjustment of a deployment.
 *
 * @param grossNow as it is stored
 * @param change of the deployment since the last closing
 * @returns null if its gross is what was stated
 */
export function adjustmentOf<Recorded extends RecordedEntry>(
  statedGross: Micros,
  grossNow: Micros,
  { parts }: Pick<GrossChange<Recorded>, 'parts'>,
): Adjustment<Recorded> | null {
  const difference = grossNow - statedGross;
  if (difference === 0n) return null;
  const explained = parts.reduce((sum, { part }) => sum + part, 0n);
  return { statedGross, grossNow, difference, parts, correction: difference - explained };
}
