import { ApiProperty } from '@nestjs/swagger';
import type { SpendState } from '../../../domain/index.js';
import { PieceDto } from './piece.response.dto.js';

/** Credits that paid for what was owed. */
export class SettlementDto extends PieceDto {
  /** What was owed: the cost of a `deployment`, or another `spend`. */
  @ApiProperty({ enum: ['deployment', 'spend'], title: 'SpendType', example: 'deployment' })
  type: SpendState['type'];

  /** id of that deployment, or externalId of that spend. */
  @ApiProperty({ type: 'string', example: 'dep_79' })
  id: string;
}
