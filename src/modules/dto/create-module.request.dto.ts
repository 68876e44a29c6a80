import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { IsDecimalString, IsPlatformId, IsText, Nullable } from '../../platform/validation/index.js';
import { MODULE_NAME_MAX_CHARACTERS } from '../module-record.js';

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
