import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { parseInstant } from '../../domain/index.js';

/** Message for a value that is not an instant. */
const INSTANT_MESSAGE =
  'must be an existing ISO 8601 date and time with an offset and at most 6 fraction digits, like "2026-05-01T09:30:00Z" (in an address, write + as %2B)';

/** An instant (docs/contract.md, "Instants"): a date that does not exist, such as 30 February, is refused. */
export function IsInstantString(options: { example?: string } = {}): PropertyDecorator {
  const { example = '2026-05-01T09:30:00Z' } = options;
  return applyDecorators(
    ValidateBy({
      name: 'isInstantString',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && parseInstant(value) !== null,
        defaultMessage: () => INSTANT_MESSAGE,
      },
    }),
    ApiProperty({ type: 'string', format: 'date-time', example }),
  );
}
