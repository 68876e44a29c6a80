import { ApiProperty } from '@nestjs/swagger';
import type { Pool, SpendCategory } from '../../../domain/index.js';
import { PieceDto } from './piece.response.dto.js';
import { POOLS, SPEND_CATEGORIES } from '../../commands/spend.js';
import { AfterwardsDto } from './afterwards.response.dto.js';

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
    type: [PieceDto],
    example: [{ pool: 'purchased', lotId: 'buy_17', credits: '3', value: '0.3' }],
  })
  pieces: PieceDto[];
}
