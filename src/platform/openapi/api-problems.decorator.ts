import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ProblemKind } from '../problem/index.js';
import { problemResponse } from './problem-response.js';

const DOCUMENTED_KINDS = Symbol('documented-problem-kinds');

/**
 * Documents the errors that a route (or every route of a controller) can answer with, each with an example. May
 * stand several times on one route, as `@Access` brings its own: kinds of one status are listed together.
 */
export function ApiProblems(...kinds: readonly ProblemKind[]): ClassDecorator & MethodDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const documented = (descriptor ? descriptor.value : target) as object;
    const earlier = (Reflect.getOwnMetadata(DOCUMENTED_KINDS, documented) ?? []) as readonly ProblemKind[];
    const all = [...new Map([...earlier, ...kinds].map((kind) => [kind.code, kind])).values()];
    Reflect.defineMetadata(DOCUMENTED_KINDS, all, documented);
    for (const status of new Set(all.map((kind) => kind.status))) {
      const response = problemResponse(all.filter((kind) => kind.status === status));
      applyDecorators(ApiResponse(response))(target, key as string, descriptor as PropertyDescriptor);
    }
  };
}
