import { defineProblems } from '../problem/index.js';

/** Errors of `/metrics` if it requires a token. */
export const METRICS_PROBLEMS = defineProblems('METRICS', {
  UNAUTHENTICATED: { status: 401, title: 'The metrics require their token' },
});
