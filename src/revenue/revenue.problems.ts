import { defineProblems } from '../platform/problem/index.js';

/**
 * Problems of reports. Something that a partner must not see has the same response as something that does not exist.
 */
export const REVENUE_PROBLEMS = defineProblems('REVENUE', {
  DEPLOYMENT_NOT_FOUND: { status: 404, title: 'No such deployment' },
  MODULE_NOT_FOUND: { status: 404, title: 'No such module to filter by' },
  PARTNER_NOT_FOUND: { status: 404, title: 'No such partner to filter by' },
  USER_NOT_FOUND: { status: 404, title: 'No such user to filter by' },
  OWNER_NOT_YOURS: { status: 403, title: 'A partner sees only its own modules' },
  USERS_NOT_YOURS: { status: 403, title: 'A partner sees no customers' },
});
