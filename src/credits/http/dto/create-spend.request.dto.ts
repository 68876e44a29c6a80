import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { Pool, SpendCategory } from '../../../domain/index.js';
import {
  IsDecimalString,
  IsInstantString,
  IsOneOf,
  IsPlatformId,
} from '../../../platform/validation/index.js';
import { POOLS, SPEND_CATEGORIES } from '../../commands/spend.js';

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
