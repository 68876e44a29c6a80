import { Problem } from '../../platform/problem/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';

/** How many customers a summary by user has without a `limit`, and the highest `limit`. */
export const USERS_DEFAULT = 50;
export const USERS_MAX = 500;

/** The most rows of one summary. It is built in memory: about 20 MB of JSON. */
export const SUMMARY_ROWS_MAX = 50_000;

/** 400: the range has more periods than a summary can have. */
export function tooManyPeriods(most: number): Problem {
  return refusal(`would give more than ${most} periods; choose longer periods or a shorter range`);
}

/** 400: periods times subjects, or subjects alone, are more rows than a summary can have. */
export function tooManyRows(): Problem {
  return refusal(
    `would give more than ${SUMMARY_ROWS_MAX} rows; choose longer periods, a shorter range, or fewer modules and partners`,
  );
}

/** 400: only a summary by user can be limited; others always have all their rows. */
export function limitNeedsUser(): Problem {
  return refusal('is possible only with groupBy=user', 'query.limit');
}

function refusal(message: string, field = 'query.groupBy'): Problem {
  return new Problem(VALIDATION_PROBLEMS.INVALID, `${field} ${message}.`, { errors: [{ field, message }] });
}
