import { ApiProperty } from '@nestjs/swagger';
import type { AnsweredFilter } from '../filter/answered-filter.js';
import { OWNERS, type Owner } from '../filter/revenue-filter.js';

/** The filter that an answer went by. */
export class RevenueAnsweredFilterDto implements AnsweredFilter {
  /** As given; null: open. */
  @ApiProperty({ type: 'string', nullable: true, example: '2026-05-01' })
  startDate: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: '2026-05-31' })
  endDate: string | null;

  /** The first instant of the range; null: open. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-04-30T22:00:00Z' })
  from: string | null;

  /** The first instant after the range; null: open. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-05-31T22:00:00Z' })
  to: string | null;

  /** IANA name. */
  @ApiProperty({ type: 'string', example: 'Europe/Berlin' })
  timeZone: string;

  /** Empty: all. */
  @ApiProperty({ type: [String], example: ['mod_charts'] })
  moduleIds: readonly string[];

  /** Empty: all. A partner sees its own id here. */
  @ApiProperty({ type: [String], example: ['partner_7'] })
  partnerIds: readonly string[];

  @ApiProperty({ enum: OWNERS, nullable: true, example: null })
  owner: Owner | null;

  @ApiProperty({ type: 'boolean', example: false })
  includeFree: boolean;
}
