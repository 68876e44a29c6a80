import { defineProblems } from '../problem/index.js';

/** Errors of input that does not match the documented form. */
export const VALIDATION_PROBLEMS = defineProblems('REQUEST', {
  INVALID: { status: 400, title: 'The request is not valid' },
});
