import { ApiProperty } from '@nestjs/swagger';

/** What a user can spend, and owes. Decimals of credits. */
export class BalanceDto {
  /** Left of awards. */
  @ApiProperty({ type: 'string', example: '4' })
  free: string;

  /** Left of purchases. */
  @ApiProperty({ type: 'string', example: '20' })
  purchased: string;

  /** free + purchased. */
  @ApiProperty({ type: 'string', example: '24' })
  total: string;

  /** Owed for what no credits covered; not subtracted from the total. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaid: string;
}
