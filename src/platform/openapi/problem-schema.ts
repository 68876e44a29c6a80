import { declaredProblems } from '../problem/index.js';
import { refTo } from './schema-names.js';
import type { Schema } from './schemas.js';

/** Name of the schema of problem documents. */
export const PROBLEM_SCHEMA_NAME = 'Problem';

const PROBLEM_CODE_NAME = 'ProblemCode';
/** Reference for fields that contain a code of the catalogue: `@ApiProperty({ allOf: [PROBLEM_CODE] })`. */
export const PROBLEM_CODE = { $ref: refTo(PROBLEM_CODE_NAME) } as const;

/** The schema of every problem document (RFC 9457, with this service's own members). */
const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'What went wrong, why, and what to do about it (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', description: 'Name of the kind of problem; not an address.' },
    title: { type: 'string', description: 'The kind of problem; the same text in every occurrence.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What happened in this case and what to do about it.' },
    code: { allOf: [PROBLEM_CODE], description: 'The kind of problem for programs; it never changes.' },
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
          message: { type: 'string', description: 'What is wrong and what is valid instead.' },
        },
      },
    },
    requestId: {
      type: 'string',
      description: 'Id of the request, as in the header X-Request-Id and in the logs.',
    },
  },
} satisfies Schema;

/** Adds the schema of problem documents with the members and codes of all declared kinds. */
export function addProblemSchemas(schemas: Record<string, Schema>): void {
  const kinds = declaredProblems();
  schemas[PROBLEM_CODE_NAME] = {
    type: 'string',
    description: 'Code of a kind of problem; later versions can add more.',
    enum: kinds.map(({ code }) => code),
  };
  schemas[PROBLEM_SCHEMA_NAME] = {
    ...PROBLEM_SCHEMA,
    properties: { ...PROBLEM_SCHEMA.properties, ...extraMembers(kinds) },
  };
}

/** Additional members of single kinds. */
function extraMembers(kinds: ReturnType<typeof declaredProblems>): Record<string, Schema> {
  const members: Record<string, Schema> = {};
  for (const { code, extraExample = {} } of kinds) {
    for (const [name, example] of Object.entries(extraExample)) {
      members[name] = { type: 'string', description: `With \`${code}\`.`, example };
    }
  }
  return members;
}
