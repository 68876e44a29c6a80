import { ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { IsDecimalString, IsPlatformId, IsText, Nullable } from '../../platform/validation/index.js';
import { MODULE_NAME_MAX_CHARACTERS } from '../module-record.js';

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
