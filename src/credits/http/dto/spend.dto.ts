import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { formatDecimal, formatInstant, type Pool, type SpendCategory } from '../../../domain/index.js';
import {
  IsDecimalString,
  IsInstantString,
  IsOneOf,
  IsPlatformId,
} from '../../../platform/validation/index.js';
import type { Recorded } from '../../commands/recorded.js';
import { POOLS, SPEND_CATEGORIES } from '../../commands/spend.js';
import { AllocationDto } from './lot.dto.js';
import { effectsOf, EffectsDto, entryOf, paymentOf } from './recorded.dto.js';

/** Credits used for something other than a module deployment: a fact, recorded whatever the balance. */
export class CreateSpendRequestDto {
  /** The platform's own id of the spend; generated if absent. A repeated request takes nothing again. */
  @IsOptional()
  @IsPlatformId({ example: 'build_9' })
  @ApiPropertyOptional()
  externalId?: string;

  /** The user who pays. */
  @IsPlatformId()
  userId: string;

  /** Above 0. */
  @IsDecimalString({ positive: true, example: '3' })
  credits: string;

  /** The purpose of the spend. */
  @IsOneOf(SPEND_CATEGORIES)
  category: SpendCategory;

  /** The credits that can pay. If absent: `any`, free before purchased. */
  @IsOptional()
  @IsOneOf(POOLS)
  @ApiPropertyOptional()
  pool?: Pool;

  /** When the credits were spent; now if absent. */
  @IsOptional()
  @IsInstantString()
  @ApiPropertyOptional()
  occurredAt?: string;
}

/** A recorded spend with its allocations: credits = free + purchased + unpaid credits. */
export class SpendDto extends EffectsDto {
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

  /** Credits paid from awards. */
  @ApiProperty({ type: 'string', example: '0' })
  freeCredits: string;

  /** Credits paid from purchases. */
  @ApiProperty({ type: 'string', example: '3' })
  purchasedCredits: string;

  /** Credits that the user owes; credits that come in settle them. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaidCredits: string;

  /** Its allocations, in the order of payment. */
  @ApiProperty({
    type: [AllocationDto],
    example: [{ pool: 'purchased', lotId: 'buy_17', credits: '3', value: '0.3' }],
  })
  pieces: AllocationDto[];
}

/** The answer for a spend. */
export function spendAnswer(recorded: Recorded): SpendDto {
  const { id, credits, category, pool, occurredAt } = entryOf(recorded, 'spend');
  const { freeCredits, purchasedCredits, unpaidCredits, pieces } = paymentOf(recorded);
  return {
    externalId: id,
    userId: recorded.userId,
    credits: formatDecimal(credits),
    category,
    pool,
    occurredAt: formatInstant(occurredAt),
    freeCredits,
    purchasedCredits,
    unpaidCredits,
    pieces,
    ...effectsOf(recorded),
  };
}
