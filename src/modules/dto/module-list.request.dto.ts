import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { PageRequestDto } from '../../platform/paging/index.js';
import { IsBooleanParameter, IsText } from '../../platform/validation/index.js';
import { MODULE_NAME_MAX_CHARACTERS } from '../module-record.js';

/** Which modules to list. */
export class ModuleListRequestDto extends PageRequestDto {
  /** Only the caller's own modules: none, for who is no partner. */
  @IsOptional()
  @IsBooleanParameter()
  @ApiPropertyOptional()
  mine?: boolean;

  /** Only modules whose name or id contains this text; case, accents and invisible characters make no difference. */
  @IsOptional()
  @IsText({ maxCharacters: MODULE_NAME_MAX_CHARACTERS, example: 'chart' })
  @ApiPropertyOptional()
  q?: string;

  /** Only archived modules, or only those that can be deployed. */
  @IsOptional()
  @IsBooleanParameter()
  @ApiPropertyOptional({ example: false })
  archived?: boolean;
}
