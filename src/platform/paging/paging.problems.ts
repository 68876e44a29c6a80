import { defineProblems } from '../problem/index.js';

/** Errors of paging. */
export const PAGING_PROBLEMS = defineProblems('PAGING', {
  BAD_CURSOR: { status: 400, title: 'The cursor does not belong to this list' },
});
