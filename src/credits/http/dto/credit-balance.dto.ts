import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsInstantString, IsPlatformId } from '../../../platform/validation/index.js';
import { BalanceDto, LotDto } from './lot.dto.js';

/** The user and the instant of a balance. */
export class CreditBalanceRequestDto {
  /** The caller if absent. Users and partners can read only their own balance; another user's answers 404. */
  @IsOptional()
  @IsPlatformId({ example: 'usr_42' })
  @ApiProperty({ required: false })
  userId?: string;

  /**
   * The balance at this instant: entries and expiries up to it count, including entries that were recorded later. It
   * can be in the future, to show coming expiries. Now if absent.
   */
  @IsOptional()
  @IsInstantString({ example: '2026-05-31T00:00:00Z' })
  @ApiProperty({ required: false })
  asOf?: string;
}

/** The credits that a user can spend and owes, with the open lots. */
export class CreditBalanceDto extends BalanceDto {
  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  /** Lots with credits left, in the order of payment: free before purchased, the soonest expiry first. */
  @ApiProperty({ type: [LotDto] })
  lots: readonly LotDto[];

  /** The instant of this balance. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123456Z' })
  asOf: string;
}
