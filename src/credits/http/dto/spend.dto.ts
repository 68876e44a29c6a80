import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { Pool, SpendCategory } from '../../../domain/index.js';
import {
  IsDecimalString,
  IsInstantString,
  IsOneOf,
  IsPlatformId,
} from '../../../platform/validation/index.js';
import { POOLS, SPEND_CATEGORIES } from '../../commands/spend.js';
import { AllocationDto } from './lot.dto.js';
import { AfterwardsDto } from './recorded.dto.js';

/** Credits that went to something that is no module deployment: a fact, recorded whatever the balance. */
export class CreateSpendRequestDto {
  /** The platform's own id of the spend; absent: one is made. Sent again it takes nothing again. */
  @IsOptional()
  @IsPlatformId({ example: 'build_9' })
  @ApiPropertyOptional()
  externalId?: string;

  /** Who pays. */
  @IsPlatformId()
  userId: string;

  /** Above 0. */
  @IsDecimalString({ positive: true, example: '3' })
  credits: string;

  /** What they went to. */
  @IsOneOf(SPEND_CATEGORIES)
  category: SpendCategory;

  /** Which credits pay; absent: any, free before purchased. */
  @IsOptional()
  @IsOneOf(POOLS)
  @ApiPropertyOptional()
  pool?: Pool;

  /** When they were spent; absent: now. */
  @IsOptional()
  @IsInstantString()
  @ApiPropertyOptional()
  occurredAt?: string;
}

/** A spend as it is recorded, and what pays for it: credits = free + purchased + unpaid credits. */
export class SpendDto extends AfterwardsDto {
  @ApiProperty({ type: 'string', example: 'build_9' })
  externalId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  @ApiProperty({ type: 'string', example: '3' })
  credits: string;

  @ApiProperty({ enum: SPEND_CATEGORIES, title: 'SpendCategory', example: 'build' })
  category: SpendCategory;

  @ApiProperty({ enum: POOLS, title: 'SpendPool', example: 'any' })
  pool: Pool;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  occurredAt: string;

  /** Paid from awards. */
  @ApiProperty({ type: 'string', example: '0' })
  freeCredits: string;

  /** Paid from purchases. */
  @ApiProperty({ type: 'string', example: '3' })
  purchasedCredits: string;

  /** Owed: credits that come in settle it. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaidCredits: string;

  /** What pays for it, in the order in which it paid. */
  @ApiProperty({
    type: [AllocationDto],
    example: [{ pool: 'purchased', lotId: 'buy_17', credits: '3', value: '0.3' }],
  })
  pieces: AllocationDto[];
}
