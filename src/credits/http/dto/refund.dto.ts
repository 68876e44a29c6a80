import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { formatDecimal, formatInstant } from '../../../domain/index.js';
import {
  IsDecimalString,
  IsInstantString,
  IsPlatformId,
  IsText,
} from '../../../platform/validation/index.js';
import type { Recorded } from '../../commands/recorded.js';
import { MAX_TEXT_CHARACTERS } from '../../commands/json-fields.js';
import { AllocationDto, lotPartDto } from './lot.dto.js';
import {
  effectsOf,
  EffectsDto,
  entryOf,
  postingOf,
  SettlementDto,
  settlementsOf,
  decimalOrNull,
} from './recorded.dto.js';

/** A refund of the deployment or purchase in the path. */
@ApiSchema({ name: 'CreateRefund' })
export class RefundRequestDto {
  /** The platform's own id of the refund; generated if absent. A repeated request refunds nothing again. */
  @IsOptional()
  @IsPlatformId({ example: 'refund_3' })
  @ApiPropertyOptional()
  externalId?: string;

  /** Above 0. All that is left if absent. */
  @IsOptional()
  @IsDecimalString({ positive: true, example: '2' })
  @ApiPropertyOptional()
  credits?: string;

  /** When it was refunded; now if absent. */
  @IsOptional()
  @IsInstantString({ example: '2026-05-03T10:00:00Z' })
  @ApiPropertyOptional()
  occurredAt?: string;

  /** A free text. It is erased when the user is anonymised. */
  @IsOptional()
  @IsText({ maxCharacters: MAX_TEXT_CHARACTERS, multiline: true, example: 'did not start' })
  @ApiPropertyOptional()
  reason?: string;
}

/** Credits that were returned to their lot. */
export class ReturnedAllocationDto extends AllocationDto {
  /** `true` if the lot had already expired, so that the credits lapsed at once. */
  @ApiProperty({ type: 'boolean', example: false })
  lapsed: boolean;
}

/** A recorded refund of a deployment, with its effects. */
export class RefundDto extends EffectsDto {
  @ApiProperty({ type: 'string', example: 'refund_3' })
  externalId: string;

  /** The refunded deployment. */
  @ApiProperty({ type: 'string', example: 'dep_81' })
  deploymentId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  /** The credits that the request asked for; null for all that is left. */
  @ApiProperty({ type: 'string', nullable: true, example: '2' })
  credits: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-03T10:00:00Z' })
  occurredAt: string;

  /** The refunded credits: cancelled and returned ones. */
  @ApiProperty({ type: 'string', example: '2' })
  refundedCredits: string;

  /** Unpaid credits that were cancelled; nothing is returned for them. */
  @ApiProperty({ type: 'string', example: '0' })
  cancelledCredits: string;

  /** Credits returned to their lots, the last allocation first. */
  @ApiProperty({ type: [ReturnedAllocationDto] })
  returns: ReturnedAllocationDto[];

  /** Older debts that the returned credits settled, in the order of the debts. */
  @ApiProperty({ type: [SettlementDto] })
  settlements: SettlementDto[];
}

/** A recorded refund of a purchase, with its effects. */
export class PurchaseRefundDto extends EffectsDto {
  @ApiProperty({ type: 'string', example: 'payback_5' })
  externalId: string;

  /** The refunded purchase. */
  @ApiProperty({ type: 'string', example: 'buy_17' })
  purchaseExternalId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  /** The credits that the request asked for; null for all that are left. */
  @ApiProperty({ type: 'string', nullable: true, example: '2' })
  credits: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-03T10:00:00Z' })
  occurredAt: string;

  /** Credits that were removed from the lot. */
  @ApiProperty({ type: 'string', example: '2' })
  refundedCredits: string;

  /** The value of these credits. */
  @ApiProperty({ type: 'string', example: '0.2' })
  refundedValue: string;
}

/** The answer for a refund of a deployment. */
export function refundAnswer(recorded: Recorded): RefundDto {
  const { id, deploymentId, credits, occurredAt } = entryOf(recorded, 'refund');
  const { returns, cancelledCredits } = postingOf(recorded);
  const refunded = returns.reduce((sum, returned) => sum + returned.credits, cancelledCredits);
  return {
    externalId: id,
    deploymentId,
    userId: recorded.userId,
    credits: decimalOrNull(credits),
    occurredAt: formatInstant(occurredAt),
    refundedCredits: formatDecimal(refunded),
    cancelledCredits: formatDecimal(cancelledCredits),
    returns: returns.map(({ allocation, credits: returned, value, lapsed }) => ({
      ...lotPartDto(allocation.lot, returned, value),
      lapsed,
    })),
    settlements: settlementsOf(recorded),
    ...effectsOf(recorded),
  };
}

/** The answer for a refund of a purchase. */
export function purchaseRefundAnswer(recorded: Recorded): PurchaseRefundDto {
  const { id, purchaseId, credits, occurredAt } = entryOf(recorded, 'purchaseRefund');
  const { withdrawal } = postingOf(recorded);
  return {
    externalId: id,
    purchaseExternalId: purchaseId,
    userId: recorded.userId,
    credits: decimalOrNull(credits),
    occurredAt: formatInstant(occurredAt),
    refundedCredits: formatDecimal(withdrawal?.credits ?? 0n),
    refundedValue: formatDecimal(withdrawal?.value ?? 0n),
    ...effectsOf(recorded),
  };
}
