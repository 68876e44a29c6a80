import { ApiProperty } from '@nestjs/swagger';
import { PieceDto } from './piece.response.dto.js';

/** How credits move between lots and the rest of the world. */
const MOVEMENT_KINDS = ['added', 'paid', 'settled', 'returned', 'lapsed', 'withdrawn'] as const;
type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** The spend whose debt was settled. */
export class SettledSpendDto {
  @ApiProperty({ enum: ['deployment', 'spend'], example: 'deployment' })
  type: 'deployment' | 'spend';

  @ApiProperty({ type: 'string', example: 'dep_0990' })
  id: string;
}

/** Credits that went into a lot or out of it. */
export class MovementDto extends PieceDto {
  /**
   * Into the lot: `added` (awarded or bought), `returned` (by a refund). Out of it: `paid` (for the entry itself),
   * `settled` (an older debt), `lapsed` (expired, or returned to a lot that has expired), `withdrawn` (given back for
   * money).
   */
  @ApiProperty({ enum: MOVEMENT_KINDS, title: 'MovementKind', example: 'paid' })
  kind: MovementKind;

  /** Of `settled`: whose debt; else null. */
  @ApiProperty({ type: SettledSpendDto, nullable: true, example: null })
  settles: SettledSpendDto | null;
}
