import { ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import { VariableResponseDto } from './variable.dto.js';

/** Documents the answer that shows a variable. */
export function ApiVariable(description: string): MethodDecorator {
  return ApiOkResponse({
    description,
    type: VariableResponseDto,
    headers: {
      ETag: {
        description:
          'The version of the variable, for If-Match. That of `partnerRevenueShare` also changes when another step comes into force.',
        schema: { type: 'string', example: '"2"' },
      },
    },
  });
}

/** Documents the header If-Match. */
export function ApiIfMatch(): MethodDecorator {
  return ApiHeader({
    name: 'If-Match',
    required: false,
    description:
      'The ETag of the version that was read. If another caller has set the variable since, the answer is 412.',
    schema: { type: 'string', example: '"1"' },
  });
}
