import type { OpenAPIObject } from '@nestjs/swagger';
import { HTTP_PROBLEMS } from '../http/http.problems.js';
import { PROBLEM_MEDIA_TYPE, type ProblemKind } from '../problem/index.js';
import { VALIDATION_PROBLEMS } from '../validation/validation.problems.js';
import { problemResponse, type ProblemContent } from './problem-response.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Adds to an operation the errors that the HTTP door itself can give on it, beside those of its feature. */
export function addCommonProblems(operation: Operation): void {
  for (const kind of commonKinds(operation)) {
    const status = String(kind.status);
    const known = operation.responses[status] as
      { description: string; content?: ProblemContent } | undefined;
    const added = problemResponse([kind]);
    const examples = known?.content?.[PROBLEM_MEDIA_TYPE].examples;
    if (known && examples) {
      if (!(kind.code in examples)) {
        known.description += `; ${added.description}`;
        Object.assign(examples, added.content[PROBLEM_MEDIA_TYPE].examples);
      }
    } else {
      operation.responses[status] = { description: added.description, content: added.content };
    }
  }
}

function commonKinds({ requestBody, security }: Operation): ProblemKind[] {
  const content = requestBody && 'content' in requestBody ? requestBody.content : {};
  return [
    VALIDATION_PROBLEMS.INVALID, // every route refuses parameters that it does not know
    HTTP_PROBLEMS.NOT_ACCEPTABLE,
    ...('application/json' in content ? [HTTP_PROBLEMS.CONTENT_TOO_LARGE] : []), // a stream may be of any size
    ...(requestBody ? [HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE] : []),
    ...(security?.length ? [HTTP_PROBLEMS.UNAVAILABLE] : []), // behind a token there is always the database
  ];
}
