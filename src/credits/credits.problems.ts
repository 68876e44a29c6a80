import { defineProblems } from '../platform/problem/index.js';

/** Reasons for which an entry cannot be recorded. Lines of an import have the same codes. */
export const CREDITS_PROBLEMS = defineProblems('CREDITS', {
  UNKNOWN_USER: { status: 422, title: 'No such user' },
  UNKNOWN_MODULE: { status: 422, title: 'No such module' },
  UNKNOWN_DEPLOYMENT: { status: 422, title: 'No such deployment to refund' },
  UNKNOWN_PURCHASE: { status: 422, title: 'No such purchase to refund or reverse' },
  UNKNOWN_REVERSAL: { status: 422, title: 'No such reversal to release' },
  CONFLICT: { status: 409, title: 'The id belongs to an entry with other content' },
  TIME_AHEAD: { status: 422, title: 'The time is in the future' },
  BEFORE_DEPLOYMENT: { status: 422, title: 'The refund is earlier than its deployment' },
  BEFORE_PURCHASE: { status: 422, title: 'The reversal is earlier than its purchase' },
  BEFORE_REVERSAL: { status: 422, title: 'The release is earlier than its reversal' },
  ALREADY_RELEASED: { status: 422, title: 'The reversal was released before' },
  NOTHING_LEFT: { status: 422, title: 'Nothing is left to refund or to reverse' },
  MORE_THAN_LEFT: { status: 422, title: 'More is asked for than what is left to refund or to reverse' },
  INSUFFICIENT: {
    status: 402,
    title: 'Not enough credits',
    extraExample: { required: '12.5', available: '4', missing: '8.5', unpaid: '0' },
  },
  MODULE_ARCHIVED: { status: 422, title: 'The module is archived' },
  USER_NOT_FOUND: { status: 404, title: 'No such user' },
  DEPLOYMENT_NOT_FOUND: { status: 404, title: 'No such deployment' },
  PURCHASE_NOT_FOUND: { status: 404, title: 'No such purchase' },
  REVERSAL_NOT_FOUND: { status: 404, title: 'No such reversal' },
  PLATFORM_ONLY: { status: 403, title: 'Only the platform can set this field of a deployment' },
  OWN_INTEREST: { status: 403, title: 'You cannot record credits in your own interest' },
});

/** Reasons for which a line or a whole import is refused before its commands are judged. */
export const IMPORT_PROBLEMS = defineProblems('IMPORT', {
  NOT_JSON: { status: 422, title: 'The line is not one JSON object' },
  UNKNOWN_TYPE: { status: 422, title: 'The line has no known type' },
  BAD_FIELD: { status: 422, title: 'A field is missing, unknown or malformed' },
  LINE_TOO_LONG: { status: 422, title: 'The line is longer than 64 kB' },
  FIRST_REFUSED: { status: 422, title: 'The first line with this id was refused' },
  NOT_GZIP: { status: 400, title: 'The body is not a gzip stream', field: 'body' },
  ALL_OR_NOTHING: { status: 422, title: 'Lines were refused, so nothing was imported' },
});

/** Reasons for which a file of balances cannot be compared. */
export const RECONCILIATION_PROBLEMS = defineProblems('RECONCILIATION', {
  NO_COLUMNS: { status: 400, title: 'The file lacks a header with the needed columns' },
  EMPTY: { status: 400, title: 'The file contains no record' },
});

/** Errors of a whole batch of awards; the batch lists the refusal of a single award among its refusals. */
export const AWARD_BATCH_PROBLEMS = defineProblems('BATCHES', {
  NOT_FOUND: { status: 404, title: 'No such batch of awards' },
  CONFLICT: { status: 409, title: 'The id belongs to a batch with other content' },
});
