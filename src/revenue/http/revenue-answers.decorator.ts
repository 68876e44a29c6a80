import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import { Access } from '../../auth/index.js';
import { CSV_TYPE } from '../../platform/csv/index.js';
import { JSON_TYPE, Produces } from '../../platform/http/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import type { ProblemKind } from '../../platform/problem/index.js';
import { EXPORT_PROBLEMS } from '../../platform/transfers/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { REVENUE_PROBLEMS } from '../revenue.problems.js';

interface RevenueAnswers {
  readonly description: string;
  /** The answer in JSON. */
  readonly json: Type;
  /** Header line and one row of the answer in CSV. */
  readonly csvLines: readonly string[];
  /** Problems besides those of the filter and of exports. */
  readonly problems?: readonly ProblemKind[];
}

/** Access and answers of a route that filters revenue, for GET and for POST: JSON or CSV. */
export function AnswersRevenue(answers: RevenueAnswers): MethodDecorator {
  const { description, json, csvLines, problems = [] } = answers;
  return applyDecorators(
    Access('partner', 'finance', 'admin'),
    Produces(JSON_TYPE, CSV_TYPE),
    ApiExtraModels(json),
    ApiOkResponse({
      description,
      content: {
        [JSON_TYPE]: { schema: { $ref: getSchemaPath(json) } },
        [CSV_TYPE]: { schema: { type: 'string' }, example: `${csvLines.join('\r\n')}\r\n` },
      },
    }),
    ApiProblems(
      VALIDATION_PROBLEMS.INVALID,
      ...problems,
      REVENUE_PROBLEMS.OWNER_NOT_YOURS,
      REVENUE_PROBLEMS.USERS_NOT_YOURS,
      REVENUE_PROBLEMS.MODULE_NOT_FOUND,
      REVENUE_PROBLEMS.PARTNER_NOT_FOUND,
      REVENUE_PROBLEMS.USER_NOT_FOUND,
      EXPORT_PROBLEMS.TOO_MANY,
      EXPORT_PROBLEMS.TOOK_TOO_LONG,
    ),
  );
}
