import { join } from 'node:path';

/** The project's folder: this file runs in dist/bench. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** Where the figures are kept. */
export const RESULTS = join(ROOT, 'bench', 'results');
