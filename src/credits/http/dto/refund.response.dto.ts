import { ApiProperty } from '@nestjs/swagger';
import { PieceDto } from './piece.response.dto.js';
import { AfterwardsDto } from './afterwards.response.dto.js';
import { SettlementDto } from './settlement.response.dto.js';

/** Credits that went back to their lot. */
export class ReturnedPieceDto extends PieceDto {
  /** The lot had expired by then, so they lapsed at once. */
  @ApiProperty({ type: 'boolean', example: false })
  lapsed: boolean;
}

/** A refund of a deployment as it is recorded, and what it did. */
export class RefundDto extends AfterwardsDto {
  @ApiProperty({ type: 'string', example: 'refund_3' })
  externalId: string;

  /** What was given back. */
  @ApiProperty({ type: 'string', example: 'dep_81' })
  deploymentId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  /** What was asked for; null: all that is left. */
  @ApiProperty({ type: 'string', nullable: true, example: '2' })
  credits: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-03T10:00:00Z' })
  occurredAt: string;

  /** What was given back: cancelled and returned credits. */
  @ApiProperty({ type: 'string', example: '2' })
  refundedCredits: string;

  /** The part that had never been paid: nothing returns for it. */
  @ApiProperty({ type: 'string', example: '0' })
  cancelledCredits: string;

  /** In the order in which they were taken back: what paid last comes first. */
  @ApiProperty({ type: [ReturnedPieceDto] })
  returns: ReturnedPieceDto[];

  /** What was owed and the returned credits paid, in the order of the debts. */
  @ApiProperty({ type: [SettlementDto] })
  settlements: SettlementDto[];
}

/** A refund of a purchase as it is recorded, and what it did. */
export class PurchaseRefundDto extends AfterwardsDto {
  @ApiProperty({ type: 'string', example: 'payback_5' })
  externalId: string;

  /** What was given back. */
  @ApiProperty({ type: 'string', example: 'buy_17' })
  purchaseExternalId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  /** What was asked for; null: all that remain. */
  @ApiProperty({ type: 'string', nullable: true, example: '2' })
  credits: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-03T10:00:00Z' })
  occurredAt: string;

  /** Credits that left the lot. */
  @ApiProperty({ type: 'string', example: '2' })
  refundedCredits: string;

  /** Money that had been paid for them. */
  @ApiProperty({ type: 'string', example: '0.2' })
  refundedValue: string;
}
