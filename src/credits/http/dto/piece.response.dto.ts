import { ApiProperty } from '@nestjs/swagger';
import type { LotPool } from '../../../domain/index.js';

/** The pools of lots, for documents. */
export const LOT_POOLS = ['free', 'purchased'] as const satisfies readonly LotPool[];

/** Credits of one lot, with the money that they carry. */
export class PieceDto {
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
