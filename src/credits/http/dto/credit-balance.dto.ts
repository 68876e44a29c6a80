import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsInstantString, IsPlatformId } from '../../../platform/validation/index.js';
import { BalanceDto, LotDto } from './lot.dto.js';

/** Whose balance, and as of when. */
export class CreditBalanceRequestDto {
  /** Absent: the caller. Users and partners see their own only; another's is answered as missing. */
  @IsOptional()
  @IsPlatformId({ example: 'usr_42' })
  @ApiProperty({ required: false })
  userId?: string;

  /**
   * Only what happened and expired up to this instant counts, with all that is known now. It may lie ahead, to see
   * what will have expired. Absent: now.
   */
  @IsOptional()
  @IsInstantString({ example: '2026-05-31T00:00:00Z' })
  @ApiProperty({ required: false })
  asOf?: string;
}

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
