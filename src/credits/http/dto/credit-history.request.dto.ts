import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { CSV_FORMS, FORMATS, type CsvForm, type Format } from '../../../platform/csv/index.js';
import { CURSOR_PATTERN, ORDERS, type Order } from '../../../platform/paging/index.js';
import {
  IsInstantString,
  IsIntegerParameter,
  IsOneOf,
  IsPlatformId,
} from '../../../platform/validation/index.js';
import { TimeRangeRequestDto } from '../../../variables/index.js';

/** Whose history, and which part of it. */
export class CreditHistoryRequestDto extends TimeRangeRequestDto {
  /** Absent: the caller. Users and partners see their own only; another's is answered as missing. */
  @IsOptional()
  @IsPlatformId({ example: 'usr_42' })
  @ApiProperty({ required: false })
  userId?: string;

  /** Only what happened and expired up to this instant, with all that is known now. It may lie ahead. Absent: now. */
  @IsOptional()
  @IsInstantString({ example: '2026-05-31T00:00:00Z' })
  @ApiProperty({ required: false })
  asOf?: string;

  /** `asc` (default): oldest first; `desc`: newest first. The balance after a line is the same either way. */
  @IsOptional()
  @IsOneOf(ORDERS)
  @ApiProperty({ required: false, default: 'asc' })
  order?: Order;

  /** Most lines of one answer; default 50. Not for CSV, which has all lines. */
  @IsOptional()
  @IsIntegerParameter({ min: 1, max: 500, example: 50 })
  @ApiProperty({ required: false, default: 50 })
  limit?: number;

  /** `nextCursor` of an answer about the same user, filter and order. Not for CSV. */
  @IsOptional()
  @Matches(CURSOR_PATTERN, { message: 'must be a nextCursor of this very history' })
  @ApiProperty({
    type: 'string',
    required: false,
    maxLength: 2000,
    example: 'WyJ1ZW9UZFF4bSIsIjIwMjYtMDUtMDFUMDk6MzA6MDBaIiwiZGVwbG95bWVudCIsImRlcF8xMDAxIiwiIl0',
  })
  cursor?: string;

  /** `csv` or `json`; absent: what the header `Accept` prefers. */
  @IsOptional()
  @IsOneOf(FORMATS, 'AnswerFormat')
  @ApiProperty({ required: false, example: 'json' })
  format?: Format;

  /**
   * Form of a file for spreadsheets, which makes it one of CSV: `excel` begins it with a byte order mark, `semicolon`
   * writes semicolons between cells and commas in decimals, `excel-semicolon` does both.
   */
  @IsOptional()
  @IsOneOf(CSV_FORMS, 'CsvForm')
  @ApiProperty({ required: false })
  csv?: CsvForm;
}
