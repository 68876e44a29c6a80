import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { parseInstant } from '../../domain/index.js';
import { isDay } from './day.js';

/** One end of a time range (docs/contract.md, "Revenue"): a whole local day or an instant. */
export function IsDayOrInstant(options: { example?: string } = {}): PropertyDecorator {
  const { example = '2026-05-01' } = options;
  return applyDecorators(
    ValidateBy({
      name: 'isDayOrInstant',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && (isDay(value) || parseInstant(value) !== null),
        defaultMessage: () =>
          'must be an existing day like "2026-05-01", or an ISO 8601 date and time with an offset and at most 6 fraction digits, like "2026-05-01T09:30:00Z" (in an address, write + as %2B)',
      },
    }),
    ApiProperty({ type: 'string', example }),
  );
}
