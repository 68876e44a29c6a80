import { parseInstant } from '../../domain/index.js';
import { Problem } from '../problem/index.js';
import { isDay } from './day.js';
import { VALIDATION_PROBLEMS } from './validation.problems.js';

/**
 * Checks that the two ends of a time range, each valid or absent, fit together.
 *
 * @throws Problem 400 if one is a day and the other an instant, or if the start is after the end
 */
export function assertDateRange(startDate: string | undefined, endDate: string | undefined): void {
  if (startDate === undefined || endDate === undefined) return;
  if (isDay(startDate) !== isDay(endDate)) {
    throw refusal('must have the same form as startDate: both days or both instants');
  }
  if (isDay(startDate) ? startDate > endDate : instantOf(startDate) > instantOf(endDate)) {
    throw refusal(`must not be before startDate (${startDate})`);
  }
}

function instantOf(text: string): bigint {
  const instant = parseInstant(text);
  if (instant === null) throw new RangeError(`"${text}" is not an instant`);
  return instant;
}

function refusal(message: string): Problem {
  const field = 'query.endDate';
  return new Problem(VALIDATION_PROBLEMS.INVALID, `${field} ${message}.`, { errors: [{ field, message }] });
}
