import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { ProblemKind } from '../problem/index.js';

/**
 * Prefix of the extension that stores a kind on the operation until the document's builder turns all kinds into
 * responses.
 */
export const PROBLEM_EXTENSION_PREFIX = 'x-problem-';

/**
 * Documents the errors of a route (or of every route of a controller), each with an example. It can occur several times
 * on one route, because `@Access` adds its own; kinds of the same status are listed together.
 */
export function ApiProblems(...kinds: readonly ProblemKind[]): ClassDecorator & MethodDecorator {
  return applyDecorators(
    ...kinds.map((kind) => ApiExtension(PROBLEM_EXTENSION_PREFIX + kind.code, { ...kind })),
  );
}
