import { defineProblems } from '../platform/problem/index.js';

/** Errors of variables. */
export const VARIABLES_PROBLEMS = defineProblems('VARIABLES', {
  NOT_FOUND: { status: 404, title: 'No such variable' },
  STEP_NOT_FOUND: { status: 404, title: 'The share does not change on this day' },
  INVALID_VALUE: { status: 400, title: 'The variable cannot have this value' },
  CURRENCY_IS_FROZEN: { status: 409, title: 'Credits were bought, so the currency cannot change' },
  CHANGED_MEANWHILE: { status: 412, title: 'The variable was changed meanwhile' },
});

/** Errors of changes that reach back into closed months. */
export const CLOSED_PROBLEMS = defineProblems('STATEMENTS', {
  MONTH_CLOSED: { status: 409, title: 'The month is closed' },
  CLOSING_UNDER_WAY: { status: 409, title: 'A month is being closed' },
});
