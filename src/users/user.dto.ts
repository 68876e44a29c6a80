import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { isRole, type Role, ROLES } from '../auth/index.js';
import { PageResponseDto } from '../platform/paging/index.js';
import { IsPlatformId, IsText } from '../platform/validation/index.js';
import type { AnonymisedUser } from './anonymisation.js';
import { isPassword, PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from './passwords.js';
import { EMAIL_MAX_CHARACTERS, EMAIL_MESSAGE, isEmail, type User, USER_NAME_MAX_CHARACTERS } from './user.js';

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
function IsNewPassword(): PropertyDecorator {
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
function IsRoleSet(): PropertyDecorator {
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

/** A person to record. */
export class CreateUserRequestDto {
  /** The platform's own id of the person. */
  @IsPlatformId()
  id: string;

  /** May repeat, except among those who have a password. */
  @IsOptional()
  @IsEmailAddress()
  @ApiPropertyOptional()
  email?: string;

  /** What the person is called. */
  @IsOptional()
  @IsText({ maxCharacters: USER_NAME_MAX_CHARACTERS, example: 'Ada Lovelace' })
  @ApiPropertyOptional()
  name?: string;

  /** What the person may do when it signs in here. A platform's back end gives `user` and `partner` alone. */
  @IsRoleSet()
  roles: Role[];

  /** Lets the person sign in here by e-mail address; only an administrator sets it. */
  @IsOptional()
  @IsNewPassword()
  @ApiPropertyOptional()
  password?: string;
}

/** What is to change about a person; absent fields stay. */
@ApiSchema({ name: 'UpdateUser' })
export class EditUserRequestDto {
  /** May repeat, except among those who have a password. */
  @IsOptional()
  @IsEmailAddress()
  @ApiPropertyOptional()
  email?: string;

  /** What the person is called. */
  @IsOptional()
  @IsText({ maxCharacters: USER_NAME_MAX_CHARACTERS, example: 'Ada Lovelace' })
  @ApiPropertyOptional()
  name?: string;

  /** In place of the roles before. Tokens that were issued before keep theirs until they expire. */
  @IsOptional()
  @IsRoleSet()
  @ApiPropertyOptional()
  roles?: Role[];

  /** In place of the password before, if any; only an administrator sets it. */
  @IsOptional()
  @IsNewPassword()
  @ApiPropertyOptional()
  password?: string;
}

/** A person of the platform. */
export class UserResponseDto implements User {
  /** The platform's own id of the person. */
  @ApiProperty({ type: 'string', example: 'usr_42' })
  id: string;

  /** Null: not known. */
  @ApiProperty({ type: 'string', nullable: true, example: 'ada@example.com' })
  email: string | null;

  /** Null: not known. */
  @ApiProperty({ type: 'string', nullable: true, example: 'Ada Lovelace' })
  name: string | null;

  /** What the person may do when it signs in here; tokens of an identity provider carry their own. */
  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...ROLES] }, example: ['user', 'partner'] })
  roles: Role[];
}

/** A part of the list of people, by id. */
export class UserListResponseDto {
  @ApiProperty({ type: [UserResponseDto] })
  data: UserResponseDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}

/** A person of whom nothing but the id and its ledger is left. */
export class AnonymisedUserDto implements AnonymisedUser {
  @ApiProperty({ type: 'string', example: 'usr_42' })
  id: string;

  /** When that was done; the same request again does not change it. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123456Z' })
  anonymisedAt: string;
}
