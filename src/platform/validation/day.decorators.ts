import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { CheckedParam } from './checked-param.js';
import { isDay } from './day.js';

const DAY_MESSAGE = 'must be an existing day like "2026-05-01"';

/** A local day. */
export function IsDay({ example = '2026-05-01' } = {}): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isDay',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isDay(value),
        defaultMessage: () => DAY_MESSAGE,
      },
    }),
    ApiProperty({ type: 'string', format: 'date', example }),
  );
}

/** A local day in the path. */
export function DayParam(name: string, { example = '2026-05-01' } = {}): ParameterDecorator {
  return CheckedParam(name, {
    isValid: isDay,
    kind: 'a day',
    message: DAY_MESSAGE,
    schema: { format: 'date', example },
  });
}
