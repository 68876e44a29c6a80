import {
  Problem,
  PROBLEM_MEDIA_TYPE,
  problemDocument,
  type ProblemDocument,
  type ProblemKind,
} from '../problem/index.js';
import { refTo } from './schema-names.js';
import type { Response } from './schemas.js';

const EXAMPLE_REQUEST_ID = '5f0c7a52-8f3b-4a53-9a4e-0d4f6c1f7f10';

/** Name of the schema of problem documents. */
export const PROBLEM_SCHEMA_NAME = 'Problem';

/** The schema of every problem document (RFC 9457, with this service's own members). */
export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'What went wrong, why, and what to do about it (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', description: 'Name of the kind of problem; not an address to fetch.' },
    title: { type: 'string', description: 'The kind of problem, the same at every occurrence.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What happened this time and what to do about it.' },
    code: { type: 'string', description: 'The kind of problem for programs; it never changes.' },
    errors: {
      type: 'array',
      description: 'What is wrong with the input, field by field.',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: {
          field: {
            type: 'string',
            description: 'The field (`creditCost`, `roles[0]`) or parameter (`query.limit`).',
          },
          message: { type: 'string', description: 'What is wrong with it and what would be right.' },
        },
      },
    },
    requestId: {
      type: 'string',
      description: 'Name of the request, as in the header X-Request-Id and in the logs.',
    },
  },
} as const;

/** The OpenAPI response of one status that any of these kinds can give, with an example of each. */
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
