import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isPlatformId, PLATFORM_ID } from '../../domain/index.js';

/** Most users that one batch names (docs/contract.md); all of them can be meant without being named. */
const USERS_MAX = 10_000;

/** A list of different users. */
export function IsUserList(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isUserList',
      validator: {
        validate: isUserList,
        defaultMessage: () => `must be a list of 1 to ${USERS_MAX} different ids of users`,
      },
    }),
    ApiProperty({
      type: 'array',
      items: { type: 'string', pattern: PLATFORM_ID.source, maxLength: 128 },
      minItems: 1,
      maxItems: USERS_MAX,
      uniqueItems: true,
      example: ['usr_42', 'usr_43'],
    }),
  );
}

function isUserList(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > USERS_MAX) return false;
  return (
    new Set(value).size === value.length && value.every((id) => typeof id === 'string' && isPlatformId(id))
  );
}
