import { ApiProperty } from '@nestjs/swagger';

/** The range of time that an answer went by. */
export class TimeRangeResponseDto {
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
}
