import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Length } from 'class-validator';
import { IsDayOrInstant } from '../platform/validation/index.js';
import type { TimeRangeRequest } from './time-ranges.js';

/** PostgreSQL's limit for the name of a time zone. */
const ZONE_NAME_MAX_CHARACTERS = 255;

/** The time range of an answer. Without any field, it is unlimited. */
export class TimeRangeRequestDto implements TimeRangeRequest {
  /**
   * First day (`YYYY-MM-DD`, in `timeZone`) or first instant, included. A day starts at its first existing instant in
   * the time zone. Without a limit if absent.
   */
  @IsOptional()
  @IsDayOrInstant({ example: '2026-05-01' })
  @ApiProperty({ required: false })
  startDate?: string;

  /**
   * Last day, included, or end instant, excluded; of the same kind as `startDate` and not before it. No limit if
   * absent.
   */
  @IsOptional()
  @IsDayOrInstant({ example: '2026-05-31' })
  @ApiProperty({ required: false })
  endDate?: string;

  /** IANA name of the time zone of days, in its exact spelling. The variable `timeZone` if absent. */
  @IsOptional()
  @Length(1, ZONE_NAME_MAX_CHARACTERS, { message: 'must be the name of an IANA time zone' })
  @ApiProperty({ type: 'string', required: false, example: 'Europe/Berlin' })
  timeZone?: string;
}

/** The time range of an answer. */
export class TimeRangeResponseDto {
  /** As given; null if there is no limit. */
  @ApiProperty({ type: 'string', nullable: true, example: '2026-05-01' })
  startDate: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: '2026-05-31' })
  endDate: string | null;

  /** The first instant of the range; null if there is no limit. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-04-30T22:00:00Z' })
  from: string | null;

  /** The first instant after the range; null if there is no limit. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-05-31T22:00:00Z' })
  to: string | null;

  /** IANA name. */
  @ApiProperty({ type: 'string', example: 'Europe/Berlin' })
  timeZone: string;
}
