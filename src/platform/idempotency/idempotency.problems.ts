import { defineProblems } from '../problem/index.js';

/** What goes wrong with an `Idempotency-Key`; one that is malformed is `REQUEST.INVALID`. */
export const IDEMPOTENCY_PROBLEMS = defineProblems('IDEMPOTENCY', {
  IN_FLIGHT: { status: 409, title: 'The same request is being answered just now' },
  OTHER_REQUEST: { status: 422, title: 'The key belongs to another request' },
});
