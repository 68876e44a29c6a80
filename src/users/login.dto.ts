import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IsEmailAddress } from './user.dto.js';

/** E-mail address and password of a user. */
export class LoginRequestDto {
  /** The user's e-mail address; case is ignored. */
  @IsEmailAddress()
  email: string;

  /** The user's password. */
  @IsString({ message: 'must be a text' })
  @Length(1, 256, { message: 'must be a text of 1 to 256 characters' })
  @ApiProperty({
    type: 'string',
    format: 'password',
    writeOnly: true,
    example: 'correct horse battery staple',
  })
  password: string;
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
