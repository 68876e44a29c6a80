import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { isRole, type Role, ROLES } from '../auth/index.js';
import { PageRequestDto, PageResponseDto } from '../platform/paging/index.js';
import { IsOneOf, IsPlatformId, IsText } from '../platform/validation/index.js';
import type { AnonymisedUser } from './anonymisation.js';
import { isPassword, PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from './passwords.js';
import { EMAIL_MAX_CHARACTERS, EMAIL_MESSAGE, isEmail, type User, USER_NAME_MAX_CHARACTERS } from './user.js';

/** Validates the form of an e-mail address. */
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

/** Validates a new password, which is never part of an answer. */
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

/** Validates a set of roles, which can be empty. */
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

/** A user to record. */
export class CreateUserRequestDto {
  /** The platform's own id of the user. */
  @IsPlatformId()
  id: string;

  /** The e-mail address. It must be unique among users with a password. */
  @IsOptional()
  @IsEmailAddress()
  @ApiPropertyOptional()
  email?: string;

  /** The name of the user. */
  @IsOptional()
  @IsText({ maxCharacters: USER_NAME_MAX_CHARACTERS, example: 'Ada Lovelace' })
  @ApiPropertyOptional()
  name?: string;

  /** The user's roles, for tokens of this service. A platform's back end can grant only `user` and `partner`. */
  @IsRoleSet()
  roles: Role[];

  /** Allows the user to sign in at this service by e-mail address. Only administrators can set it. */
  @IsOptional()
  @IsNewPassword()
  @ApiPropertyOptional()
  password?: string;
}

/** Changes of a user; absent fields are not changed. */
@ApiSchema({ name: 'UpdateUser' })
export class EditUserRequestDto {
  /** The e-mail address. It must be unique among users with a password. */
  @IsOptional()
  @IsEmailAddress()
  @ApiPropertyOptional()
  email?: string;

  /** The name of the user. */
  @IsOptional()
  @IsText({ maxCharacters: USER_NAME_MAX_CHARACTERS, example: 'Ada Lovelace' })
  @ApiPropertyOptional()
  name?: string;

  /** The new roles, which replace the old ones. Tokens that were issued before keep their roles until they expire. */
  @IsOptional()
  @IsRoleSet()
  @ApiPropertyOptional()
  roles?: Role[];

  /** The new password, which replaces the old one, if any. Only administrators can set it. */
  @IsOptional()
  @IsNewPassword()
  @ApiPropertyOptional()
  password?: string;
}

/** A user of the platform. */
export class UserResponseDto implements User {
  /** The platform's own id of the user. */
  @ApiProperty({ type: 'string', example: 'usr_42' })
  id: string;

  /** Null if not known. */
  @ApiProperty({ type: 'string', nullable: true, example: 'ada@example.com' })
  email: string | null;

  /** Null if not known. */
  @ApiProperty({ type: 'string', nullable: true, example: 'Ada Lovelace' })
  name: string | null;

  /** The user's roles, for tokens of this service; tokens of an identity provider contain their own roles. */
  @ApiProperty({ type: 'array', items: { type: 'string', enum: [...ROLES] }, example: ['user', 'partner'] })
  roles: Role[];
}

/** The filter of the list. */
export class UserListRequestDto extends PageRequestDto {
  /**
   * Only users whose id, e-mail address, name or last word of the name begins with this text; case, accents and
   * invisible characters are ignored. The list then has those found by id first, then by e-mail address, by name and by
   * the last word of the name.
   */
  @IsOptional()
  @IsText({ maxCharacters: EMAIL_MAX_CHARACTERS, example: 'ada' })
  @ApiPropertyOptional()
  q?: string;

  /** Only users with this role. */
  @IsOptional()
  @IsOneOf(ROLES)
  @ApiPropertyOptional({ example: 'partner' })
  role?: Role;
}

/** A page of the list of users, sorted by id if there is no `q`. */
export class UserListResponseDto {
  @ApiProperty({ type: [UserResponseDto] })
  data: UserResponseDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}

/** An anonymised user; only the id and the ledger are left. */
export class AnonymisedUserDto implements AnonymisedUser {
  @ApiProperty({ type: 'string', example: 'usr_42' })
  id: string;

  /** When the user was anonymised. A repeated request does not change it. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123456Z' })
  anonymisedAt: string;
}
