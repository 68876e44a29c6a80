import { ApiProperty } from '@nestjs/swagger';
import { AfterwardsDto } from './afterwards.response.dto.js';
import { SettlementDto } from './settlement.response.dto.js';

/** An award as it is recorded, and what it did. */
export class AwardDto extends AfterwardsDto {
  @ApiProperty({ type: 'string', example: 'welcome_42' })
  externalId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  @ApiProperty({ type: 'string', example: '10' })
  credits: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  occurredAt: string;

  /** Null: the credits never lapse. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2036-05-01T00:00:00Z' })
  expiresAt: string | null;

  /** What was owed and these credits paid as they came in, in the order of the debts. */
  @ApiProperty({ type: [SettlementDto] })
  settlements: SettlementDto[];
}
