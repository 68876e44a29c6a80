import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { formatDecimal, formatInstant } from '../../../domain/index.js';
import { IsDecimalString, IsInstantString, IsPlatformId } from '../../../platform/validation/index.js';
import type { Recorded } from '../../commands/recorded.js';
import {
  effectsOf,
  EffectsDto,
  entryOf,
  instantOrNull,
  SettlementDto,
  settlementsOf,
} from './recorded.dto.js';

/** Credits that a user bought. */
export class CreatePurchaseRequestDto {
  /** The platform's own id of the purchase; generated if absent. A repeated request adds nothing again. */
  @IsOptional()
  @IsPlatformId({ example: 'buy_17' })
  @ApiPropertyOptional()
  externalId?: string;

  /** The user who bought the credits. */
  @IsPlatformId()
  userId: string;

  /** Above 0. */
  @IsDecimalString({ positive: true, example: '100' })
  credits: string;

  /**
   * The money paid, in the platform's currency. If absent: credits / the creditsPerUnit in force at occurredAt, cut to
   * 6 places.
   */
  @IsOptional()
  @IsDecimalString({ example: '10' })
  @ApiPropertyOptional()
  amount?: string;

  /** When the credits were bought; now if absent. */
  @IsOptional()
  @IsInstantString()
  @ApiPropertyOptional()
  occurredAt?: string;

  /** After occurredAt. Credits that are left then lapse; they never lapse if absent. */
  @IsOptional()
  @IsInstantString({ example: '2036-05-01T00:00:00Z' })
  @ApiPropertyOptional()
  expiresAt?: string;
}

/** A recorded purchase, with its settlements and the balance after it. */
export class PurchaseDto extends EffectsDto {
  @ApiProperty({ type: 'string', example: 'buy_17' })
  externalId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  @ApiProperty({ type: 'string', example: '100' })
  credits: string;

  /** The money paid, as given or as computed when the purchase was recorded. */
  @ApiProperty({ type: 'string', example: '10' })
  amount: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  occurredAt: string;

  /** Null if the credits never lapse. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  expiresAt: string | null;

  /** Older debts that these credits settled, in the order of the debts. */
  @ApiProperty({ type: [SettlementDto] })
  settlements: SettlementDto[];
}

/** The answer for a purchase. */
export function purchaseAnswer(recorded: Recorded): PurchaseDto {
  const { id, credits, amount, occurredAt, expiresAt } = entryOf(recorded, 'purchase');
  return {
    externalId: id,
    userId: recorded.userId,
    credits: formatDecimal(credits),
    amount: formatDecimal(amount),
    occurredAt: formatInstant(occurredAt),
    expiresAt: instantOrNull(expiresAt),
    settlements: settlementsOf(recorded),
    ...effectsOf(recorded),
  };
}
