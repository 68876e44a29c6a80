import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isPlatformId, PLATFORM_ID } from '../../domain/index.js';

/** What to change about a value that is no id; for fields, parameters and paths alike. */
export const PLATFORM_ID_MESSAGE =
  'must be an id: 1 to 128 characters of A-Z a-z 0-9 . _ : @ | + = ~ - that begin with a letter or digit';

const ABOUT_ONE_OF_SEVERAL = { isAboutOneOfSeveral: true } as const;

/** Whether the context of a complaint says that it is about one value of a parameter that may be repeated. */
export function isAboutOneOfSeveral(context: unknown): boolean {
  return (context as Partial<typeof ABOUT_ONE_OF_SEVERAL> | undefined)?.isAboutOneOfSeveral === true;
}

/** An id as docs/contract.md ("Ids") writes it; with `each`, an array of them. Documents itself in OpenAPI. */
export function IsPlatformId(options: { each?: boolean; example?: string } = {}): PropertyDecorator {
  const { each = false, example = 'usr_42' } = options;
  const schema = { type: 'string', pattern: PLATFORM_ID.source, maxLength: 128 } as const;
  return applyDecorators(
    ValidateBy(
      {
        name: 'isPlatformId',
        validator: {
          validate: (value: unknown) => typeof value === 'string' && isPlatformId(value),
          defaultMessage: () => PLATFORM_ID_MESSAGE,
        },
      },
      each ? { each, context: ABOUT_ONE_OF_SEVERAL } : {},
    ),
    each
      ? ApiProperty({ type: 'array', items: { ...schema }, example: [example] })
      : ApiProperty({ ...schema, example }),
  );
}
