import { defineProblems } from '../platform/problem/index.js';

/** Errors of the access guard. */
export const AUTH_PROBLEMS = defineProblems('AUTH', {
  UNAUTHENTICATED: { status: 401, title: 'A valid access token is required' },
  FORBIDDEN: { status: 403, title: 'The token does not permit this' },
  OWN_INTEREST: { status: 403, title: 'Callers who receive revenue cannot record credits or money' },
  KEYS_UNAVAILABLE: { status: 503, title: 'Tokens cannot be checked now' },
});
