import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IsEmailAddress } from './user.dto.js';

/** Whoever signs in, and the proof. */
export class LoginRequestDto {
  /** In capitals or not. */
  @IsEmailAddress()
  email: string;

  /** As it was set. */
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

/** What a person who signed in calls the API with. */
@ApiSchema({ name: 'AccessToken' })
export class LoginResponseDto {
  /** A JWT for the header `Authorization: Bearer ...`. */
  @ApiProperty({ type: 'string', example: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfNDIifQ.c2lnbmF0dXJl' })
  accessToken: string;

  @ApiProperty({ type: 'string', enum: ['Bearer'], example: 'Bearer' })
  tokenType: 'Bearer';

  /** How long the token is good for, in seconds. */
  @ApiProperty({ type: 'integer', example: 3600 })
  expiresIn: number;
}
