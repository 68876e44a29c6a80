import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { CSV_FORMS, FORMATS, type CsvForm, type Format } from '../../platform/csv/index.js';
import { IsOneOf } from '../../platform/validation/index.js';
import { GROUPINGS } from '../summary/grouping.js';
import type { SummaryRequest } from '../summary/revenue-summary.js';
import { RevenueFilterRequestDto } from './revenue-filter.request.dto.js';

/** Which report is summed up, and by what. */
@ApiSchema({ name: 'RevenueSummarySearch' })
export class RevenueSummaryRequestDto extends RevenueFilterRequestDto implements SummaryRequest {
  /**
   * `module`, `partner`, `day`, `week` (ISO) or `month`; or a period and `module` or `partner`, in either order.
   * Periods are those of `timeZone`.
   */
  @IsIn(GROUPINGS, {
    message:
      'must be module, partner, day, week or month, or a period and module or partner like "month,module"',
  })
  @ApiProperty({ type: 'string', enum: GROUPINGS, title: 'RevenueGrouping', example: 'month' })
  groupBy: string;

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
