import { defineProblems } from '../../platform/problem/index.js';

/** What goes wrong with one award to many users; what goes wrong with one of them is among its refusals. */
export const AWARD_BATCH_PROBLEMS = defineProblems('BATCHES', {
  NOT_FOUND: { status: 404, title: 'No such batch of awards' },
  CONFLICT: { status: 409, title: 'The id belongs to a batch with other content' },
});
