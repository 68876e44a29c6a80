import { ApiProperty } from '@nestjs/swagger';
import { AfterwardsDto } from './afterwards.response.dto.js';
import { SettlementDto } from './settlement.response.dto.js';

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
