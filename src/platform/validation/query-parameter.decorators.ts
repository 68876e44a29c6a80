import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, Max, Min, ValidateBy } from 'class-validator';

/**
 * A whole number in the query, such as `limit`; the handler receives a number. Only digits: neither `5e1` nor `0x10`.
 */
export function IsIntegerParameter(limits: {
  min: number;
  max: number;
  example?: number;
}): PropertyDecorator {
  const { min, max, example = min } = limits;
  const message = `must be a whole number from ${min} to ${max}`;
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^(?:0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value,
    ),
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
    ApiProperty({ type: 'integer', minimum: min, maximum: max, example }),
  );
}

/** `true` or `false` in the query; the handler receives a boolean. */
export function IsBooleanParameter(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    IsIn([true, false], { message: 'must be true or false' }),
    ApiProperty({ type: 'boolean', example: true }),
  );
}

/** One of several words. @param name name of the enumeration in the document; only needed once for the same words */
export function IsOneOf<Word extends string>(words: readonly Word[], name?: string): PropertyDecorator {
  return applyDecorators(
    IsIn([...words], { message: `must be one of: ${words.join(', ')}` }),
    ApiProperty({ type: 'string', enum: [...words], title: name, example: words[0] }),
  );
}

/**
 * A query parameter that can be repeated (`moduleId=a&moduleId=b`), which is an array in a body. The handler always
 * receives a non-empty array. It must be placed above a validator with `each`. All other parameters can be sent only
 * once.
 */
export function Repeatable(limits: { maxTimes: number }): PropertyDecorator {
  const { maxTimes } = limits;
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value)),
    ValidateBy({
      name: 'isRepeatable',
      validator: {
        validate: (value: unknown) => Array.isArray(value) && value.length > 0 && value.length <= maxTimes,
        defaultMessage: () => `must be sent 1 to ${maxTimes} times; in a body, as an array of that length`,
      },
    }),
  );
}
