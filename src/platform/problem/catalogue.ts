import type { ProblemKind } from './problem.js';

const catalogue = new Map<string, ProblemKind>();

/**
 * Declares a feature's catalogue of errors; each code gets the feature's name as its prefix.
 *
 * @example defineProblems('MODULES', { NOT_FOUND: { status: 404, title: 'No such module' } }).NOT_FOUND.code is
 *   'MODULES.NOT_FOUND'
 */
export function defineProblems<Key extends string>(
  feature: string,
  kinds: Readonly<Record<Key, Omit<ProblemKind, 'code'>>>,
): Readonly<Record<Key, ProblemKind>> {
  const entries = Object.entries<Omit<ProblemKind, 'code'>>(kinds).map(
    ([key, kind]): [string, ProblemKind] => [key, { code: `${feature}.${key}`, ...kind }],
  );
  for (const [, kind] of entries) catalogue.set(kind.code, kind);
  return Object.fromEntries(entries) as Record<Key, ProblemKind>;
}

/** All kinds of errors that the loaded features have declared, sorted by code. */
export function declaredProblems(): ProblemKind[] {
  return [...catalogue.values()].sort((left, right) => (left.code < right.code ? -1 : 1));
}
