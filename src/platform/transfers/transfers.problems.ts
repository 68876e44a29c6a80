import { defineProblems } from '../problem/index.js';

/** Why a file is not sent to this caller just now. */
export const EXPORT_PROBLEMS = defineProblems('EXPORT', {
  TOO_MANY: { status: 429, title: 'The caller has as many exports under way as it may' },
  TOOK_TOO_LONG: { status: 503, title: 'The export took longer than it may' },
});

/** Why a file is not taken from this caller just now. */
export const UPLOAD_PROBLEMS = defineProblems('IMPORT', {
  TOO_MANY: { status: 429, title: 'The caller has as many imports under way as it may' },
  BROKEN_OFF: { status: 400, title: 'The body ended before it was whole' },
  SILENT: { status: 408, title: 'The sender of the body fell silent' },
});
