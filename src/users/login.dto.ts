import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IsEmailAddress, IsNewPassword } from './user.dto.js';

/** Validates a password to check, which never was longer than a new one can be. */
function IsPassword(): PropertyDecorator {
  return applyDecorators(
    IsString({ message: 'must be a text' }),
    Length(1, 256, { message: 'must be a text of 1 to 256 characters' }),
    ApiProperty({
      type: 'string',
      format: 'password',
      writeOnly: true,
      example: 'correct horse battery staple',
    }),
  );
}

/** E-mail address and password of a user. */
export class LoginRequestDto {
  /** The user's e-mail address; case is ignored. */
  @IsEmailAddress()
  email: string;

  /** The user's password. */
  @IsPassword()
  password: string;
}

/** The current password of the caller, and the one that replaces it. */
export class ChangePasswordRequestDto {
  /** The password with which the caller signs in. */
  @IsPassword()
  currentPassword: string;

  /** The password for every sign-in from now on. */
  @IsNewPassword()
  newPassword: string;
}

/** The token for requests to the API. */
@ApiSchema({ name: 'AccessToken' })
export class LoginResponseDto {
  /** A JWT for the header `Authorization: Bearer ...`. */
  @ApiProperty({ type: 'string', example: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfNDIifQ.c2lnbmF0dXJl' })
  accessToken: string;

  @ApiProperty({ type: 'string', enum: ['Bearer'], example: 'Bearer' })
  tokenType: 'Bearer';

  /** How long the token is valid, in seconds. */
  @ApiProperty({ type: 'integer', example: 3600 })
  expiresIn: number;
}
