import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isPlatformId, PLATFORM_ID } from '../../domain/index.js';

/** Message for a value that is not an id; the same for fields, parameters and paths. */
export const PLATFORM_ID_MESSAGE =
  'must be an id: 1 to 128 characters of A-Z a-z 0-9 . _ : @ | + = ~ - that begin with a letter or digit';

const ABOUT_ONE_OF_SEVERAL = { isAboutOneOfSeveral: true } as const;

/** Whether the context of a validation error marks it as one about a single value of a repeatable parameter. */
export function isAboutOneOfSeveral(context: unknown): boolean {
  return (context as Partial<typeof ABOUT_ONE_OF_SEVERAL> | undefined)?.isAboutOneOfSeveral === true;
}

/** An id (docs/contract.md, "Ids"); with `each`, an array of ids. Also adds the field to the OpenAPI document. */
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
