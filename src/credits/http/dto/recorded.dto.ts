import { ApiProperty } from '@nestjs/swagger';
import type { SpendState } from '../../../domain/index.js';
import { BalanceDto, AllocationDto } from './lot.dto.js';

/** Credits that paid for what was owed. */
export class SettlementDto extends AllocationDto {
  /** What was owed: the cost of a `deployment`, or another `spend`. */
  @ApiProperty({ enum: ['deployment', 'spend'], title: 'SpendType', example: 'deployment' })
  type: SpendState['type'];

  /** id of that deployment, or externalId of that spend. */
  @ApiProperty({ type: 'string', example: 'dep_79' })
  id: string;
}

/** How things stand once an entry is recorded. */
export class AfterwardsDto {
  /** Of the entry's user, now: after all that is recorded, what has expired by now left out. */
  @ApiProperty({ type: BalanceDto })
  balance: BalanceDto;

  /**
   * Ids of other deployments whose figures changed: credits that came in settled them, or an entry told late stands
   * before them.
   */
  @ApiProperty({ type: [String], example: ['dep_79'] })
  changedDeployments: string[];
}
