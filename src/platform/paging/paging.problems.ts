import { defineProblems } from '../problem/index.js';

/** What goes wrong when somebody leafs through a list. */
export const PAGING_PROBLEMS = defineProblems('PAGING', {
  BAD_CURSOR: { status: 400, title: 'The cursor does not belong to this list' },
});
