import { ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { Role } from '../../auth/index.js';
import { IsText } from '../../platform/validation/index.js';
import { USER_NAME_MAX_CHARACTERS } from '../user.js';
import { IsEmailAddress, IsNewPassword, IsRoleSet } from './user-fields.decorators.js';

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
