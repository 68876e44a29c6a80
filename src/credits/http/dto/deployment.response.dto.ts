import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { PieceDto } from './piece.response.dto.js';
import { AfterwardsDto } from './afterwards.response.dto.js';

/** A deployment and what pays for it: creditCost = free + purchased + unpaid + refunded credits. */
export class DeploymentDto {
  @ApiProperty({ type: 'string', example: 'dep_81' })
  id: string;

  /** Who deployed and pays. */
  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  @ApiProperty({ type: 'string', example: 'mod_charts' })
  moduleId: string;

  /** As it was fixed when the deployment was recorded. */
  @ApiProperty({ type: 'string', example: '12.5' })
  creditCost: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  createdAt: string;

  /** Paid from awards. */
  @ApiProperty({ type: 'string', example: '4' })
  freeCredits: string;

  /** Paid from purchases. */
  @ApiProperty({ type: 'string', example: '8.5' })
  purchasedCredits: string;

  /** Owed: credits that come in settle it. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaidCredits: string;

  @ApiProperty({ type: 'string', example: '0' })
  refundedCredits: string;

  /** What pays for it after refunds, in the order in which it paid. */
  @ApiProperty({
    type: [PieceDto],
    example: [
      { pool: 'free', lotId: 'welcome_42', credits: '4', value: '0' },
      { pool: 'purchased', lotId: 'buy_17', credits: '8.5', value: '0.85' },
    ],
  })
  pieces: PieceDto[];
}

/** A deployment as it stands once it is recorded. */
export class RecordedDeploymentDto extends IntersectionType(DeploymentDto, AfterwardsDto) {}
