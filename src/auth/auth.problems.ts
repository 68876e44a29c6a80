import { defineProblems } from '../platform/problem/index.js';

/** What the access guard answers with. */
export const AUTH_PROBLEMS = defineProblems('AUTH', {
  UNAUTHENTICATED: { status: 401, title: 'A valid access token is needed' },
  FORBIDDEN: { status: 403, title: 'The token does not permit this' },
  KEYS_UNAVAILABLE: { status: 503, title: 'Tokens cannot be checked just now' },
});
