import { defineProblems } from '../platform/problem/index.js';

/** Errors of user records. */
export const USERS_PROBLEMS = defineProblems('USERS', {
  NOT_FOUND: { status: 404, title: 'No such user' },
  INVALID: { status: 400, title: 'The user record is not valid' },
  CONFLICT: { status: 409, title: 'The user is recorded with other content' },
  EMAIL_TAKEN: { status: 409, title: 'Another user signs in with this e-mail address' },
  ANONYMISED: { status: 409, title: 'The user was anonymised' },
  NOT_YOURSELF: { status: 403, title: 'You cannot anonymise your own user' },
  NOT_GRANTABLE: { status: 403, title: 'The caller cannot grant these roles' },
  PRIVILEGED: { status: 403, title: 'The caller cannot change this user' },
  PASSWORD_NOT_YOURS: { status: 403, title: 'Only administrators can set passwords' },
  PASSWORD_NEEDS_EMAIL: { status: 422, title: 'A password needs an e-mail address' },
});

/** Errors of the sign-in. */
export const LOGIN_PROBLEMS = defineProblems('LOGIN', {
  WRONG_CREDENTIALS: { status: 401, title: 'The e-mail address or the password is wrong' },
  WRONG_PASSWORD: { status: 422, title: 'The current password is wrong' },
  NOT_HERE: { status: 404, title: 'Users do not sign in at this service' },
  TOO_MANY_ATTEMPTS: { status: 429, title: 'Too many attempts to sign in' },
});
