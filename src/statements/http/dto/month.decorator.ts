import { applyDecorators, Param, type PipeTransform } from '@nestjs/common';
import { ApiParam, ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isMonth } from '../../../domain/index.js';
import { Problem } from '../../../platform/problem/index.js';
import { VALIDATION_PROBLEMS } from '../../../platform/validation/index.js';

const SCHEMA = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$', example: '2026-01' } as const;
const MESSAGE = 'must be a month like "2026-01"';

/** A month: `2026-01`. */
export function IsMonth(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isMonth',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isMonth(value),
        defaultMessage: () => MESSAGE,
      },
    }),
    ApiProperty({ ...SCHEMA }),
  );
}

/** A month in the path. */
export function MonthParam(): ParameterDecorator {
  const pipe: PipeTransform<unknown, string> = {
    transform: (value) => {
      if (typeof value === 'string' && isMonth(value)) return value;
      throw new Problem(VALIDATION_PROBLEMS.INVALID, 'The month in the path is not a month.', {
        errors: [{ field: 'path.month', message: MESSAGE }],
      });
    },
  };
  return (target, key, index) => {
    Param('month', pipe)(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor) {
      ApiParam({ name: 'month', schema: { ...SCHEMA } })(target, key, descriptor);
    }
  };
}
