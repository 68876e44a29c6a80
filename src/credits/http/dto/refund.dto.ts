import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import {
  IsDecimalString,
  IsInstantString,
  IsPlatformId,
  IsText,
} from '../../../platform/validation/index.js';
import { MAX_TEXT_CHARACTERS } from '../../commands/json-fields.js';
import { AllocationDto } from './lot.dto.js';
import { AfterwardsDto, SettlementDto } from './recorded.dto.js';

/** What to give back of what the path names. */
@ApiSchema({ name: 'CreateRefund' })
export class RefundRequestDto {
  /** The platform's own id of the refund; absent: one is made. Sent again it gives nothing back again. */
  @IsOptional()
  @IsPlatformId({ example: 'refund_3' })
  @ApiPropertyOptional()
  externalId?: string;

  /** Above 0; absent: all that is left. */
  @IsOptional()
  @IsDecimalString({ positive: true, example: '2' })
  @ApiPropertyOptional()
  credits?: string;

  /** When it was given back; absent: now. */
  @IsOptional()
  @IsInstantString({ example: '2026-05-03T10:00:00Z' })
  @ApiPropertyOptional()
  occurredAt?: string;

  /** Why, for people; gone when the user is anonymised. */
  @IsOptional()
  @IsText({ maxCharacters: MAX_TEXT_CHARACTERS, multiline: true, example: 'did not start' })
  @ApiPropertyOptional()
  reason?: string;
}

/** Credits that went back to their lot. */
export class ReturnedAllocationDto extends AllocationDto {
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
  @ApiProperty({ type: [ReturnedAllocationDto] })
  returns: ReturnedAllocationDto[];

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
