import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isCurrency } from './currency.js';
import { VALUE_MESSAGES } from './variable-value.js';

/** Validates the code of a currency. */
export function IsCurrency(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isCurrency',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isCurrency(value),
        defaultMessage: () => VALUE_MESSAGES.currency,
      },
    }),
    ApiProperty({ type: 'string', pattern: '^[A-Z]{3}$', example: 'EUR' }),
  );
}
