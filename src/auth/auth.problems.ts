import { defineProblems } from '../platform/problem/index.js';

/** What the access guard answers with. */
export const AUTH_PROBLEMS = defineProblems('AUTH', {
  UNAUTHENTICATED: { status: 401, title: 'A valid access token is needed' },
  FORBIDDEN: { status: 403, title: 'The token does not permit this' },
  OWN_INTEREST: { status: 403, title: 'A caller who earns revenue writes no money' },
  KEYS_UNAVAILABLE: { status: 503, title: 'Tokens cannot be checked just now' },
});
