import { defineProblems } from '../problem/index.js';

/** Input that does not have the documented form. */
export const VALIDATION_PROBLEMS = defineProblems('REQUEST', {
  INVALID: { status: 400, title: 'The request is not valid' },
});
