import { defineProblems } from '../problem/index.js';

/** Errors of an `Idempotency-Key`; a malformed key is `REQUEST.INVALID`. */
export const IDEMPOTENCY_PROBLEMS = defineProblems('IDEMPOTENCY', {
  IN_FLIGHT: { status: 409, title: 'A request with this key is still running' },
  OTHER_REQUEST: { status: 422, title: 'The key belongs to another request' },
});
