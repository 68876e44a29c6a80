import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import {
  Problem,
  PROBLEM_MEDIA_TYPE,
  problemDocument,
  type ProblemDocument,
  type ProblemKind,
} from '../problem/index.js';

/** Where the schema of a problem document stands in the OpenAPI document. */
export const PROBLEM_SCHEMA_NAME = 'Problem';
const EXAMPLE_REQUEST_ID = '5f0c7a52-8f3b-4a53-9a4e-0d4f6c1f7f10';

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

/** The OpenAPI response of one status that any of these kinds can give. */
function problemResponse(kinds: readonly ProblemKind[]): Parameters<typeof ApiResponse>[0] {
  return {
    status: kinds[0]?.status,
    description: kinds.map((kind) => `${kind.title} (\`${kind.code}\`)`).join('; '),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: { $ref: `#/components/schemas/${PROBLEM_SCHEMA_NAME}` },
        examples: Object.fromEntries(kinds.map((kind) => [kind.code, { value: exampleOf(kind) }])),
      },
    },
  };
}

function exampleOf(kind: ProblemKind): ProblemDocument {
  return problemDocument(new Problem(kind, `${kind.title}.`), EXAMPLE_REQUEST_ID);
}
