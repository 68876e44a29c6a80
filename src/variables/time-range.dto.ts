import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Length } from 'class-validator';
import { IsDayOrInstant } from '../platform/validation/index.js';
import type { TimeRangeRequest } from './time-ranges.js';

/** PostgreSQL's own limit of a zone's name. */
const ZONE_NAME_MAX_CHARACTERS = 255;

/** Which range of time an answer is about. Everything absent: all of it. */
export class TimeRangeRequestDto implements TimeRangeRequest {
  /**
   * First day (`YYYY-MM-DD`, in `timeZone`) or instant, included. A day starts at its first existing instant in the
   * zone. Absent: from the beginning.
   */
  @IsOptional()
  @IsDayOrInstant({ example: '2026-05-01' })
  @ApiProperty({ required: false })
  startDate?: string;

  /** Last day, included; or an instant, excluded. Of the same kind as `startDate`, and not before it. Absent: no end. */
  @IsOptional()
  @IsDayOrInstant({ example: '2026-05-31' })
  @ApiProperty({ required: false })
  endDate?: string;

  /** IANA name of the zone that days are meant in, letter for letter. Absent: the variable `timeZone`. */
  @IsOptional()
  @Length(1, ZONE_NAME_MAX_CHARACTERS, { message: 'must be the name of an IANA time zone' })
  @ApiProperty({ type: 'string', required: false, example: 'Europe/Berlin' })
  timeZone?: string;
}

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
