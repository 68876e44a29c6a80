import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { CSV_FORMS, FORMATS, type CsvForm, type Format } from '../../platform/csv/index.js';
import { CURSOR_PATTERN } from '../../platform/paging/index.js';
import { IsIntegerParameter, IsOneOf } from '../../platform/validation/index.js';
import { ORDERS, SORTS, type Order, type Sort } from '../report/sort-order.js';
import { RevenueFilterRequestDto } from './revenue-filter.request.dto.js';

/** Which report, in which order, and which part of it. */
@ApiSchema({ name: 'RevenueSearch' })
export class RevenueReportRequestDto extends RevenueFilterRequestDto {
  /**
   * What rows are sorted by: `createdAt` (default), `revenue` (the gross that a partner shares in: 0 on platform
   * modules), `creditCost`, or `moduleName` (lower-cased, bytewise). Ties go by createdAt, then deploymentId.
   */
  @IsOptional()
  @IsOneOf(SORTS)
  @ApiProperty({ required: false, default: 'createdAt' })
  sort?: Sort;

  /** `desc` (default) or `asc`; ties go the same way. */
  @IsOptional()
  @IsOneOf(ORDERS)
  @ApiProperty({ required: false, default: 'desc' })
  order?: Order;

  /** Most rows of one answer; default 50. Not for CSV, which has all rows. */
  @IsOptional()
  @IsIntegerParameter({ min: 1, max: 500, example: 50 })
  @ApiProperty({ required: false, default: 50 })
  limit?: number;

  /** `nextCursor` or `prevCursor` of an answer with the same filter and order. Not for CSV. */
  @IsOptional()
  @Matches(CURSOR_PATTERN, { message: 'must be a nextCursor or prevCursor of this very report' })
  @ApiProperty({ type: 'string', required: false, maxLength: 2000, example: 'WyJ1ZW9UZFF4bSIsIm5leHQiXQ' })
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
