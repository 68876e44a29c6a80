import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { ModuleSum } from '../../lines/module-sums.js';

/** What a statement has of one module: its lines, added up. */
@ApiSchema({ name: 'StatementModule' })
export class ModuleSumDto implements ModuleSum {
  @ApiProperty({ type: 'string', example: 'mod_charts' })
  moduleId: string;

  /** The name at the closing. */
  @ApiProperty({ type: 'string', example: 'Charts' })
  moduleName: string;

  /** Number of revenue lines. */
  @ApiProperty({ type: 'integer', example: 7 })
  deployments: number;

  @ApiProperty({ type: 'string', example: '70' })
  purchasedCredits: string;

  @ApiProperty({ type: 'string', example: '7' })
  grossRevenue: string;

  @ApiProperty({ type: 'string', example: '2.1' })
  revenue: string;

  /** Number of adjustment lines. */
  @ApiProperty({ type: 'integer', example: 1 })
  adjustedDeployments: number;

  /** Their `revenueDifference`, added up. */
  @ApiProperty({ type: 'string', example: '-0.12' })
  adjustments: string;
}

/** A statement's modules, the largest revenue first. */
@ApiSchema({ name: 'StatementModuleList' })
export class ModuleSumListDto {
  @ApiProperty({ type: [ModuleSumDto] })
  data: ModuleSumDto[];
}
