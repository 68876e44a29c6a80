import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { formatDecimal, formatInstant } from '../../../domain/index.js';
import { Problem } from '../../../platform/problem/index.js';
import {
  IsDecimalString,
  IsInstantString,
  IsPlatformId,
  VALIDATION_PROBLEMS,
} from '../../../platform/validation/index.js';
import { IsCurrency } from '../../../variables/index.js';
import { paymentTexts } from '../payment-texts.js';
import { ORIGINAL_WHOLE } from '../../commands/purchase.js';
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
   * The money paid, in the platform's currency, net of tax; partners share in it. If absent: credits / the
   * creditsPerUnit in force at occurredAt, cut to 6 places.
   */
  @IsOptional()
  @IsDecimalString({ example: '10' })
  @ApiPropertyOptional()
  amount?: string;

  /** What the payment provider kept of it, in the platform's currency. It changes no figure. */
  @IsOptional()
  @IsDecimalString({ example: '0.59' })
  @ApiPropertyOptional()
  fee?: string;

  /** Tax that the customer paid beside the amount, in the platform's currency. It changes no figure. */
  @IsOptional()
  @IsDecimalString({ example: '2.1' })
  @ApiPropertyOptional()
  tax?: string;

  /** What the customer paid, in `originalCurrency`. Both must be given, or none. */
  @IsOptional()
  @IsDecimalString({ example: '11.25' })
  @ApiPropertyOptional()
  originalAmount?: string;

  /** The currency of `originalAmount`, ISO 4217. */
  @IsOptional()
  @IsCurrency()
  @ApiPropertyOptional()
  originalCurrency?: string;

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

/** @throws Problem 400 if only one of `originalAmount` and `originalCurrency` is given */
export function assertWholeOriginal(body: CreatePurchaseRequestDto): void {
  const [lacksAmount, lacksCurrency] = [body.originalAmount, body.originalCurrency].map(
    (value) => (value ?? null) === null,
  );
  if (lacksAmount === lacksCurrency) return;
  const field = lacksAmount ? 'originalAmount' : 'originalCurrency';
  throw new Problem(VALIDATION_PROBLEMS.INVALID, `The fields ${ORIGINAL_WHOLE}.`, {
    errors: [{ field, message: `is missing: ${ORIGINAL_WHOLE}` }],
  });
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

  /** As given; null if absent. */
  @ApiProperty({ type: 'string', nullable: true, example: '0.59' })
  fee: string | null;

  /** As given; null if absent. */
  @ApiProperty({ type: 'string', nullable: true, example: '2.1' })
  tax: string | null;

  /** As given; null if absent. */
  @ApiProperty({ type: 'string', nullable: true, example: '11.25' })
  originalAmount: string | null;

  /** As given; null if absent. */
  @ApiProperty({ type: 'string', nullable: true, example: 'EUR' })
  originalCurrency: string | null;

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
  const { id, credits, amount, payment, occurredAt, expiresAt } = entryOf(recorded, 'purchase');
  return {
    externalId: id,
    userId: recorded.userId,
    credits: formatDecimal(credits),
    amount: formatDecimal(amount),
    ...paymentTexts(payment),
    occurredAt: formatInstant(occurredAt),
    expiresAt: instantOrNull(expiresAt),
    settlements: settlementsOf(recorded),
    ...effectsOf(recorded),
  };
}
