import { ApiProperty } from '@nestjs/swagger';
import { BalanceDto } from './balance.response.dto.js';
import { LotDto } from './lot.response.dto.js';

/** What a user can spend and owes, and where that comes from. */
export class CreditBalanceDto extends BalanceDto {
  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  /** Lots with credits left, in the order in which they pay: free before purchased, the soonest expiry first. */
  @ApiProperty({ type: [LotDto] })
  lots: readonly LotDto[];

  /** The instant of which this is the balance. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123456Z' })
  asOf: string;
}
