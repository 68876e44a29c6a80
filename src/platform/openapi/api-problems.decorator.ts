import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { ProblemKind } from '../problem/index.js';

/** Under this and its code, a kind waits on the operation until the document's builder makes responses of them all. */
export const PROBLEM_EXTENSION_PREFIX = 'x-problem-';

/**
 * Documents the errors that a route (or every route of a controller) can answer with, each with an example. May
 * stand several times on one route, as `@Access` brings its own: kinds of one status are listed together.
 */
export function ApiProblems(...kinds: readonly ProblemKind[]): ClassDecorator & MethodDecorator {
  return applyDecorators(
    ...kinds.map((kind) => ApiExtension(PROBLEM_EXTENSION_PREFIX + kind.code, { ...kind })),
  );
}
