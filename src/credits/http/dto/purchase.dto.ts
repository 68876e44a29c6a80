import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsDecimalString, IsInstantString, IsPlatformId } from '../../../platform/validation/index.js';
import { AfterwardsDto, SettlementDto } from './recorded.dto.js';

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

/** A purchase as it is recorded, and what it did. */
export class PurchaseDto extends AfterwardsDto {
  @ApiProperty({ type: 'string', example: 'buy_17' })
  externalId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  @ApiProperty({ type: 'string', example: '100' })
  credits: string;

  /** Money that was paid, as stated or as worked out when the purchase was recorded. */
  @ApiProperty({ type: 'string', example: '10' })
  amount: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  occurredAt: string;

  /** Null: the credits never lapse. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  expiresAt: string | null;

  /** What was owed and these credits paid as they came in, in the order of the debts. */
  @ApiProperty({ type: [SettlementDto] })
  settlements: SettlementDto[];
}
