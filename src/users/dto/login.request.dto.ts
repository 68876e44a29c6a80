import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IsEmailAddress } from './user-fields.decorators.js';

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
