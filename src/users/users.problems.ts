import { defineProblems } from '../platform/problem/index.js';

/** What goes wrong with people's records. */
export const USERS_PROBLEMS = defineProblems('USERS', {
  NOT_FOUND: { status: 404, title: 'No such user' },
  INVALID: { status: 400, title: 'The user record is not valid' },
  CONFLICT: { status: 409, title: 'The user is recorded with other content' },
  EMAIL_TAKEN: { status: 409, title: 'Somebody else signs in with this e-mail address' },
  ANONYMISED: { status: 409, title: 'The user was anonymised' },
  NOT_YOURSELF: { status: 403, title: 'Nobody anonymises itself' },
  NOT_GRANTABLE: { status: 403, title: 'The caller may not give these roles' },
  PRIVILEGED: { status: 403, title: 'The caller may not change this user' },
  PASSWORD_NOT_YOURS: { status: 403, title: 'Only an administrator sets passwords' },
  PASSWORD_NEEDS_EMAIL: { status: 422, title: 'A password needs an e-mail address' },
});

/** What goes wrong when somebody signs in. */
export const LOGIN_PROBLEMS = defineProblems('LOGIN', {
  WRONG_CREDENTIALS: { status: 401, title: 'E-mail address or password are wrong' },
  NOT_HERE: { status: 404, title: 'Nobody signs in at this service' },
  TOO_MANY_ATTEMPTS: { status: 429, title: 'Too many attempts to sign in' },
});
