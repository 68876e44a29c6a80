import { ApiProperty, ApiSchema } from '@nestjs/swagger';

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
