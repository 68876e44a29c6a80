import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageResponseDto } from '../../platform/paging/index.js';

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
