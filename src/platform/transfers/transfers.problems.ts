import { defineProblems } from '../problem/index.js';

/** Errors of exports. */
export const EXPORT_PROBLEMS = defineProblems('EXPORT', {
  TOO_MANY: { status: 429, title: 'The caller already has the maximum number of exports running' },
  TOOK_TOO_LONG: { status: 503, title: 'The export took longer than allowed' },
});

/** Errors of uploads. */
export const UPLOAD_PROBLEMS = defineProblems('IMPORT', {
  TOO_MANY: { status: 429, title: 'The caller already has the maximum number of imports running' },
  BROKEN_OFF: { status: 400, title: 'The body ended before it was complete' },
  SILENT: { status: 408, title: 'The sender of the body stopped sending' },
});
