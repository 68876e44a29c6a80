import type { ProblemKind } from './problem.js';

/**
 * Declares a feature's catalogue of errors; each code gets the feature's name as its prefix.
 *
 * @example defineProblems('MODULES', { NOT_FOUND: { status: 404, title: 'No such module' } })
 *          gives `.NOT_FOUND.code === 'MODULES.NOT_FOUND'`
 */
export function defineProblems<Key extends string>(
  feature: string,
  kinds: Readonly<Record<Key, Omit<ProblemKind, 'code'>>>,
): Readonly<Record<Key, ProblemKind>> {
  const entries = Object.entries<Omit<ProblemKind, 'code'>>(kinds);
  return Object.fromEntries(
    entries.map(([key, kind]) => [key, { code: `${feature}.${key}`, ...kind }]),
  ) as Record<Key, ProblemKind>;
}
