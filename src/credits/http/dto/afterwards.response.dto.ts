import { ApiProperty } from '@nestjs/swagger';
import { BalanceDto } from './balance.response.dto.js';

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
