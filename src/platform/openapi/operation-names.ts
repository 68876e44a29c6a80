import type { Route } from './schemas.js';

/** Verbs that a name can begin with, by method; a POST can use all other verbs. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  get: ['get', 'list', 'explain', 'preview'],
  put: ['set'],
  patch: ['update'],
  delete: ['delete'],
};
const VERBS_OF_OTHERS = new Set(Object.values(VERBS).flat());
/** Names without a noun. */
const WHOLE_NAMES: readonly string[] = ['login'];
const VERB_AND_NOUN = /^([a-z]+)(?:[A-Z][a-z]+)+$/;

/**
 * Finds routes with unsuitable names. An operationId is the name of the controller's method: a verb that fits the HTTP
 * method, then its object (`listUsers`, `refundDeployment`).
 *
 * @returns a sentence for each unsuitable name
 */
export function unfitNames(routes: readonly Route[]): string[] {
  const taken = new Set<string>();
  return routes.flatMap(({ method, path, operation: { operationId = '' } }) => {
    const isTaken = taken.has(operationId);
    taken.add(operationId);
    if (!isTaken && fits(operationId, method)) return [];
    const verbs = VERBS[method]?.join(', ') ?? `not ${[...VERBS_OF_OTHERS].join(', ')}`;
    return [
      `${method.toUpperCase()} ${path} has the name "${operationId}"${isTaken ? ', which another route already has' : ''}: ` +
        `name the controller's method with a verb (${verbs}) and a noun, like "listUsers"`,
    ];
  });
}

function fits(operationId: string, method: string): boolean {
  if (WHOLE_NAMES.includes(operationId)) return true;
  const verb = VERB_AND_NOUN.exec(operationId)?.[1];
  if (verb === undefined) return false;
  return VERBS[method]?.includes(verb) ?? !VERBS_OF_OTHERS.has(verb);
}
