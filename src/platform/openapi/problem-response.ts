import {
  Problem,
  PROBLEM_MEDIA_TYPE,
  problemDocument,
  type ProblemDocument,
  type ProblemKind,
} from '../problem/index.js';
import { PROBLEM_SCHEMA_NAME } from './problem-schema.js';
import { refTo } from './schema-names.js';
import type { Response } from './schemas.js';

const EXAMPLE_REQUEST_ID = '5f0c7a52-8f3b-4a53-9a4e-0d4f6c1f7f10';

/** The OpenAPI response for one status, with an example of each kind of problem. */
export function problemResponse(kinds: readonly ProblemKind[]): Response {
  return {
    description: kinds.map((kind) => `${kind.title} (\`${kind.code}\`)`).join('; '),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: { $ref: refTo(PROBLEM_SCHEMA_NAME) },
        examples: Object.fromEntries(kinds.map((kind) => [kind.code, { value: exampleOf(kind) }])),
      },
    },
  };
}

function exampleOf(kind: ProblemKind): ProblemDocument {
  const errors =
    kind.code === 'REQUEST.INVALID' ? [{ field: 'field', message: 'is not a known field' }] : undefined;
  const occurrence = new Problem(kind, `${kind.title}.`, { errors, extra: kind.extraExample });
  return problemDocument(occurrence, EXAMPLE_REQUEST_ID);
}
