import { defineProblems } from '../platform/problem/index.js';

/** Errors of the catalogue. */
export const MODULES_PROBLEMS = defineProblems('MODULES', {
  NOT_FOUND: { status: 404, title: 'No such module' },
  INVALID: { status: 400, title: 'The module record is not valid', field: 'name' },
  PARTNER_REQUIRED: { status: 400, title: 'A new module needs its partnerId', field: 'partnerId' },
  NO_SUCH_PARTNER: { status: 422, title: 'The partnerId is not the id of a user with the role partner' },
  CONFLICT: { status: 409, title: 'The module is recorded with other content' },
  PARTNER_IS_FROZEN: { status: 409, title: 'The module has deployments, so its partner cannot change' },
  PRICE_CHANGED: {
    status: 409,
    title: 'The module has another cost than expected',
    extraExample: { expectedCost: '1', creditCost: '5000' },
  },
  FOREIGN: { status: 403, title: 'The module belongs to another partner' },
  PARTNER_NOT_YOURS: { status: 403, title: 'The caller cannot set this partner' },
});
