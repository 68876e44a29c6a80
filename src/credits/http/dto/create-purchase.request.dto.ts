import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsDecimalString, IsInstantString, IsPlatformId } from '../../../platform/validation/index.js';

/** Credits that a user bought. */
export class CreatePurchaseRequestDto {
  /** The platform's own id of the purchase; absent: one is made. Sent again it credits nothing again. */
  @IsOptional()
  @IsPlatformId({ example: 'buy_17' })
  @ApiPropertyOptional()
  externalId?: string;

  /** Who bought them. */
  @IsPlatformId()
  userId: string;

  /** Above 0. */
  @IsDecimalString({ positive: true, example: '100' })
  credits: string;

  /**
   * Money that was paid, in the platform's currency; absent: credits / the creditsPerUnit in force at occurredAt, cut to
   * 6 places.
   */
  @IsOptional()
  @IsDecimalString({ example: '10' })
  @ApiPropertyOptional()
  amount?: string;

  /** When they were bought; absent: now. */
  @IsOptional()
  @IsInstantString()
  @ApiPropertyOptional()
  occurredAt?: string;

  /** After occurredAt: what is left then lapses. Absent: never. */
  @IsOptional()
  @IsInstantString({ example: '2036-05-01T00:00:00Z' })
  @ApiPropertyOptional()
  expiresAt?: string;
}
