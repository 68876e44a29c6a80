import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { PageRequestDto, PageResponseDto } from '../platform/paging/index.js';
import {
  IsBooleanParameter,
  IsDecimalString,
  IsPlatformId,
  IsText,
  Nullable,
} from '../platform/validation/index.js';
import { MODULE_NAME_MAX_CHARACTERS } from './module-record.js';

/** A module to publish. */
export class CreateModuleRequestDto {
  /** The platform's own id of the module. */
  @IsPlatformId({ example: 'mod_charts' })
  id: string;

  /** What the module is called; may change later. */
  @IsText({ maxCharacters: MODULE_NAME_MAX_CHARACTERS, example: 'Charts, interactive' })
  name: string;

  /**
   * Whose module it is: a user with the role partner, or null for the platform's own. Partners leave it out or name
   * themselves; everybody else must say.
   */
  @IsOptional()
  @IsPlatformId({ example: 'partner_7' })
  @Nullable()
  @ApiPropertyOptional({ nullable: true })
  partnerId?: string | null;

  /** Credits that a deployment costs from now on. */
  @IsDecimalString()
  creditCost: string;

  /** Whether only purchased credits pay for it. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', default: false })
  requiresPurchasedCredits?: boolean;

  /** Whether new deployments are refused; past ones are reported in any case. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', default: false })
  archived?: boolean;
}

/** What is to change about a module; absent fields stay. What was deployed before keeps its cost and its pool. */
@ApiSchema({ name: 'UpdateModule' })
export class EditModuleRequestDto {
  /** The new name; reports show it for past deployments too. */
  @IsOptional()
  @IsText({ maxCharacters: MODULE_NAME_MAX_CHARACTERS, example: 'Charts, interactive' })
  @ApiPropertyOptional()
  name?: string;

  /** Another partner, or null for the platform; not for partners, and for nobody once the module was deployed. */
  @IsOptional()
  @IsPlatformId({ example: 'partner_7' })
  @Nullable()
  @ApiPropertyOptional({ nullable: true })
  partnerId?: string | null;

  /** Credits that a deployment costs from now on. */
  @IsOptional()
  @IsDecimalString()
  @ApiPropertyOptional()
  creditCost?: string;

  /** Whether only purchased credits pay for it. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', example: true })
  requiresPurchasedCredits?: boolean;

  /** Whether new deployments are refused; past ones are reported in any case. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', example: true })
  archived?: boolean;
}

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

/** A module of the catalogue. */
export class ModuleResponseDto {
  /** The platform's own id of the module. */
  @ApiProperty({ type: 'string', example: 'mod_charts' })
  id: string;

  /** The current name. */
  @ApiProperty({ type: 'string', example: 'Charts, interactive' })
  name: string;

  /**
   * Whose module it is; null: the platform's own. Only on the caller's own modules, and for finance, admin and
   * platform.
   */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'partner_7' })
  partnerId?: string | null;

  /** Credits that a deployment costs now. */
  @ApiProperty({ type: 'string', example: '12.5' })
  creditCost: string;

  /** Whether only purchased credits pay for it. */
  @ApiProperty({ type: 'boolean', example: false })
  requiresPurchasedCredits: boolean;

  /** Whether new deployments are refused. */
  @ApiProperty({ type: 'boolean', example: false })
  archived: boolean;
}

/** A part of the catalogue, by id. */
export class ModuleListResponseDto {
  @ApiProperty({ type: [ModuleResponseDto] })
  data: ModuleResponseDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
