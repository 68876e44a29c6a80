import { ApiProperty } from '@nestjs/swagger';
import type { SpendState } from '../../../domain/index.js';
import { BalanceDto, AllocationDto } from './lot.dto.js';

/** Credits that settled an older debt. */
export class SettlementDto extends AllocationDto {
  /** The type of the spend whose debt was settled. */
  @ApiProperty({ enum: ['deployment', 'spend'], title: 'SpendType', example: 'deployment' })
  type: SpendState['type'];

  /** The id of that deployment, or the externalId of that spend. */
  @ApiProperty({ type: 'string', example: 'dep_79' })
  id: string;
}

/** The state after an entry was recorded. */
export class AfterwardsDto {
  /** The current balance of the entry's user, after all recorded entries and all expiries until now. */
  @ApiProperty({ type: BalanceDto })
  balance: BalanceDto;

  /**
   * Ids of other deployments whose figures changed, because new credits settled their debts, or because a late entry
   * comes before them.
   */
  @ApiProperty({ type: [String], example: ['dep_79'] })
  changedDeployments: string[];
}
