import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { Role } from '../../auth/index.js';
import { IsPlatformId, IsText } from '../../platform/validation/index.js';
import { USER_NAME_MAX_CHARACTERS } from '../user.js';
import { IsEmailAddress, IsNewPassword, IsRoleSet } from './user-fields.decorators.js';

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
