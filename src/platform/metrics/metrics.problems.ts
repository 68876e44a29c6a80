import { defineProblems } from '../problem/index.js';

/** What `/metrics` answers with where it is not open to everybody. */
export const METRICS_PROBLEMS = defineProblems('METRICS', {
  UNAUTHENTICATED: { status: 401, title: 'The metrics need their token' },
});
