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

  /** The name of the module. It can be changed later. */
  @IsText({ maxCharacters: MODULE_NAME_MAX_CHARACTERS, example: 'Charts, interactive' })
  name: string;

  /**
   * The module's partner: a user with the role partner, or null for a module of the platform. Partners can omit it or
   * set it to their own id; all other callers must set it.
   */
  @IsOptional()
  @IsPlatformId({ example: 'partner_7' })
  @Nullable()
  @ApiPropertyOptional({ nullable: true })
  partnerId?: string | null;

  /** Cost of a deployment in credits, from now on. */
  @IsDecimalString()
  creditCost: string;

  /** Whether only purchased credits can pay for deployments. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', default: false })
  requiresPurchasedCredits?: boolean;

  /** Whether new deployments are refused; past ones are still reported. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', default: false })
  archived?: boolean;
}

/** Changes of a module; absent fields are not changed. Past deployments keep their cost and their pool. */
@ApiSchema({ name: 'UpdateModule' })
export class EditModuleRequestDto {
  /** The new name; reports show it for past deployments too. */
  @IsOptional()
  @IsText({ maxCharacters: MODULE_NAME_MAX_CHARACTERS, example: 'Charts, interactive' })
  @ApiPropertyOptional()
  name?: string;

  /** Another partner, or null for the platform. Partners cannot change it; after the first deployment no caller can. */
  @IsOptional()
  @IsPlatformId({ example: 'partner_7' })
  @Nullable()
  @ApiPropertyOptional({ nullable: true })
  partnerId?: string | null;

  /** Cost of a deployment in credits, from now on. */
  @IsOptional()
  @IsDecimalString()
  @ApiPropertyOptional()
  creditCost?: string;

  /** Whether only purchased credits can pay for deployments. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', example: true })
  requiresPurchasedCredits?: boolean;

  /** Whether new deployments are refused; past ones are still reported. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', example: true })
  archived?: boolean;
}

/** The filter of the list. */
export class ModuleListRequestDto extends PageRequestDto {
  /** `true`: only the caller's own modules. A caller who is not a partner has none. */
  @IsOptional()
  @IsBooleanParameter()
  @ApiPropertyOptional()
  mine?: boolean;

  /**
   * Only modules with an id or a word of the name that begins with this text; case, accents and invisible characters are
   * ignored.
   */
  @IsOptional()
  @IsText({ maxCharacters: MODULE_NAME_MAX_CHARACTERS, example: 'chart' })
  @ApiPropertyOptional()
  q?: string;

  /** `true`: only archived modules. `false`: only modules that can be deployed. */
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
   * The module's partner; null for the platform. Present only in the caller's own modules, and for finance, admin and
   * platform.
   */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'partner_7' })
  partnerId?: string | null;

  /** Current cost of a deployment in credits. */
  @ApiProperty({ type: 'string', example: '12.5' })
  creditCost: string;

  /** Whether only purchased credits can pay for deployments. */
  @ApiProperty({ type: 'boolean', example: false })
  requiresPurchasedCredits: boolean;

  /** Whether new deployments are refused. */
  @ApiProperty({ type: 'boolean', example: false })
  archived: boolean;
}

/** A page of the catalogue, sorted by id. */
export class ModuleListResponseDto {
  @ApiProperty({ type: [ModuleResponseDto] })
  data: ModuleResponseDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
