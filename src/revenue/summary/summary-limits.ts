import { Problem } from '../../platform/problem/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';

/** The most rows of one summary: what is put together in memory, some 20 MB of JSON. */
export const SUMMARY_ROWS_MAX = 50_000;

/** 400: the range has more periods than one summary shows. */
export function tooManyPeriods(most: number): Problem {
  return refusal(`would give more than ${most} periods; take longer ones, or a shorter range`);
}

/** 400: periods times modules, or modules alone, are more rows than one summary has. */
export function tooManyRows(): Problem {
  return refusal(
    `would give more than ${SUMMARY_ROWS_MAX} rows; take longer periods, a shorter range, or fewer modules and partners`,
  );
}

function refusal(message: string): Problem {
  const field = 'query.groupBy';
  return new Problem(VALIDATION_PROBLEMS.INVALID, `${field} ${message}.`, { errors: [{ field, message }] });
}
