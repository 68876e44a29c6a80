import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isRole, ROLES } from '../../auth/index.js';
import { isPassword, PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from '../passwords.js';
import { EMAIL_MAX_CHARACTERS, EMAIL_MESSAGE, isEmail } from '../user.js';

/** An e-mail address, judged by its form alone. */
export function IsEmailAddress(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isEmailAddress',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isEmail(value),
        defaultMessage: () => EMAIL_MESSAGE,
      },
    }),
    ApiProperty({
      type: 'string',
      maxLength: EMAIL_MAX_CHARACTERS,
      example: 'ada@example.com',
    }),
  );
}

/** A password that somebody is to sign in with; never answered. */
export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isNewPassword',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isPassword(value),
        defaultMessage: () =>
          `must be a text of ${PASSWORD_MIN_CHARACTERS} to ${PASSWORD_MAX_CHARACTERS} characters`,
      },
    }),
    ApiProperty({
      type: 'string',
      format: 'password',
      writeOnly: true,
      minLength: PASSWORD_MIN_CHARACTERS,
      maxLength: PASSWORD_MAX_CHARACTERS,
      example: 'correct horse battery staple',
    }),
  );
}

/** A set of roles; none at all is one too. */
export function IsRoleSet(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isRoleSet',
      validator: {
        validate: (value: unknown) =>
          Array.isArray(value) && value.every(isRole) && new Set(value).size === value.length,
        defaultMessage: () => `must be a list of ${ROLES.join(', ')}, each at most once`,
      },
    }),
    ApiProperty({
      type: 'array',
      uniqueItems: true,
      items: { type: 'string', enum: [...ROLES] },
      example: ['user', 'partner'],
    }),
  );
}
