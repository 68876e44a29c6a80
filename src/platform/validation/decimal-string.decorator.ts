import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { parseDecimal } from '../../domain/index.js';

/** The grammar of docs/contract.md ("Decimals"), for the OpenAPI document only; `parseDecimal` validates. */
const DECIMAL_PATTERN = '^(0|[1-9]\\d{0,11})(\\.\\d{1,6})?$';

/**
 * A decimal of credits or money as a string (docs/contract.md, "Decimals"); `positive` refuses zero. A JSON number is
 * refused, because it may already have lost digits.
 */
export function IsDecimalString(options: { positive?: boolean; example?: string } = {}): PropertyDecorator {
  const { positive = false, example = '12.5' } = options;
  return applyDecorators(
    ValidateBy({
      name: 'isDecimalString',
      validator: {
        validate: (value: unknown) => isAcceptedDecimal(value, positive),
        defaultMessage: (args) => messageFor(args?.value, positive),
      },
    }),
    ApiProperty({ type: 'string', pattern: DECIMAL_PATTERN, example }),
  );
}

function isAcceptedDecimal(value: unknown, positive: boolean): boolean {
  const micros = typeof value === 'string' ? parseDecimal(value) : null;
  return micros !== null && (!positive || micros > 0n);
}

function messageFor(value: unknown, positive: boolean): string {
  const sort = positive ? 'a decimal above 0' : 'a decimal';
  if (typeof value === 'number' || typeof value === 'bigint') {
    return `must be ${sort} in a string, like "${String(value)}": a JSON number can lose digits`;
  }
  return `must be ${sort} in a string, like "12.5": up to 12 digits, up to 6 decimal places, no sign, exponent or leading zero`;
}
