import { ApiProperty } from '@nestjs/swagger';
import type { LotPool } from '../../../domain/index.js';

/** The pools of lots, for documents. */
export const LOT_POOLS = ['free', 'purchased'] as const satisfies readonly LotPool[];

/** Credits of one lot, with the money that they carry. */
export class AllocationDto {
  @ApiProperty({ enum: LOT_POOLS, title: 'Pool', example: 'purchased' })
  pool: LotPool;

  /** externalId of the award (free) or purchase (purchased) that brought the lot. */
  @ApiProperty({ type: 'string', example: 'buy_17' })
  lotId: string;

  /** Above 0. */
  @ApiProperty({ type: 'string', example: '8.5' })
  credits: string;

  /** Money that was paid for these credits; 0 for free ones. */
  @ApiProperty({ type: 'string', example: '0.85' })
  value: string;
}

/** The credits of one award or purchase, as far as they are left. */
export class LotDto {
  @ApiProperty({ enum: LOT_POOLS, example: 'purchased' })
  pool: LotPool;

  /** externalId of the award (free) or purchase (purchased) that brought it. */
  @ApiProperty({ type: 'string', example: 'buy_17' })
  lotId: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-04-20T12:00:00Z' })
  acquiredAt: string;

  /** The first instant at which it can no longer pay; null: it never lapses. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  expiresAt: string | null;

  /** Of the whole lot. */
  @ApiProperty({ type: 'string', example: '100' })
  acquiredCredits: string;

  /** Money that was paid for the whole lot; 0 for an award. */
  @ApiProperty({ type: 'string', example: '10' })
  amount: string;

  /** Above 0. */
  @ApiProperty({ type: 'string', example: '20' })
  leftCredits: string;

  /** The part of the amount that the credits left carry. */
  @ApiProperty({ type: 'string', example: '2' })
  leftValue: string;

  /** amount / acquiredCredits, cut to 12 places; for display, nothing is computed from it. */
  @ApiProperty({ type: 'string', example: '0.1' })
  unitPrice: string;
}

/** What a user can spend, and owes. Decimals of credits. */
export class BalanceDto {
  /** Left of awards. */
  @ApiProperty({ type: 'string', example: '4' })
  free: string;

  /** Left of purchases. */
  @ApiProperty({ type: 'string', example: '20' })
  purchased: string;

  /** free + purchased. */
  @ApiProperty({ type: 'string', example: '24' })
  total: string;

  /** Owed for what no credits covered; not subtracted from the total. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaid: string;
}
