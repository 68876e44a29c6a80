import { defineProblems } from '../platform/problem/index.js';

/** Why an entry cannot join the ledger; import lines carry the same codes. */
export const CREDITS_PROBLEMS = defineProblems('CREDITS', {
  UNKNOWN_USER: { status: 422, title: 'No such user' },
  UNKNOWN_MODULE: { status: 422, title: 'No such module' },
  UNKNOWN_DEPLOYMENT: { status: 422, title: 'No such deployment to refund' },
  UNKNOWN_PURCHASE: { status: 422, title: 'No such purchase to refund' },
  CONFLICT: { status: 409, title: 'The id belongs to an entry with other content' },
  TIME_AHEAD: { status: 422, title: 'The time lies in the future' },
  BEFORE_DEPLOYMENT: { status: 422, title: 'The refund is earlier than its deployment' },
  NOTHING_LEFT: { status: 422, title: 'Nothing is left to refund' },
  MORE_THAN_LEFT: { status: 422, title: 'More is asked for than is left to refund' },
  INSUFFICIENT: {
    status: 402,
    title: 'Not enough credits',
    extraExample: { required: '12.5', available: '4', missing: '8.5' },
  },
  MODULE_ARCHIVED: { status: 422, title: 'The module takes no new deployments' },
  USER_NOT_FOUND: { status: 404, title: 'No such user' },
  DEPLOYMENT_NOT_FOUND: { status: 404, title: 'No such deployment' },
  PURCHASE_NOT_FOUND: { status: 404, title: 'No such purchase' },
  PLATFORM_ONLY: { status: 403, title: 'Only the platform says this of a deployment' },
  OWN_INTEREST: { status: 403, title: 'Nobody records credits in their own interest' },
});

/** Why a line of an import, or a whole import, is refused before it reaches the ledger. */
export const IMPORT_PROBLEMS = defineProblems('IMPORT', {
  NOT_JSON: { status: 422, title: 'The line is not one JSON object' },
  UNKNOWN_TYPE: { status: 422, title: 'The line has no known type' },
  BAD_FIELD: { status: 422, title: 'A field is missing, unknown or malformed' },
  LINE_TOO_LONG: { status: 422, title: 'The line is longer than 64 kB' },
  FIRST_REFUSED: { status: 422, title: 'The first line with this id was refused' },
  NOT_GZIP: { status: 400, title: 'The body is not the gzip stream that it claims to be', field: 'body' },
  ALL_OR_NOTHING: { status: 422, title: 'Lines were refused, so nothing was imported' },
});

/** Why somebody else's balances cannot be compared with ours. */
export const RECONCILIATION_PROBLEMS = defineProblems('RECONCILIATION', {
  NO_COLUMNS: { status: 400, title: 'The file does not say which column is which' },
  EMPTY: { status: 400, title: 'The file holds no record' },
});

/** What goes wrong with one award to many users; what goes wrong with one of them is among its refusals. */
export const AWARD_BATCH_PROBLEMS = defineProblems('BATCHES', {
  NOT_FOUND: { status: 404, title: 'No such batch of awards' },
  CONFLICT: { status: 409, title: 'The id belongs to a batch with other content' },
});
