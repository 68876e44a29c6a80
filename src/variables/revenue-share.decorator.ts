import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { revenueShareIn, VALUE_MESSAGES } from './variable-value.js';

/** Validates a value of the variable `partnerRevenueShare`. */
export function IsRevenueShare(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isRevenueShare',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && revenueShareIn(value) !== null,
        defaultMessage: () => VALUE_MESSAGES.partnerRevenueShare,
      },
    }),
    ApiProperty({ type: 'string', example: '35' }),
  );
}
