import { ApiProperty, ApiPropertyOptional, ApiSchema, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { CSV_FORMS, type CsvForm, type Format, FORMATS } from '../../../platform/csv/index.js';
import { IsIntegerParameter, IsOneOf } from '../../../platform/validation/index.js';
import { ShareStepDto } from '../../../variables/index.js';
import type { ReportTotals } from '../../report/report-totals.js';
import { GROUPING_WORDS, GROUPINGS, type GroupingWord } from '../../summary/grouping.js';
import type { RevenueSummary, SummaryRequest, SummaryRow } from '../../summary/revenue-summary.js';
import { USERS_DEFAULT, USERS_MAX } from '../../summary/summary-limits.js';
import { RevenueAnsweredFilterDto, RevenueFilterRequestDto } from './revenue-filter.dto.js';
import { RevenueTotalsDto } from './revenue-report.dto.js';

/** Selects a report and how to group its sums. */
@ApiSchema({ name: 'RevenueSummarySearch' })
export class RevenueSummaryRequestDto extends RevenueFilterRequestDto implements SummaryRequest {
  /**
   * `module`, `partner`, `day`, `week` (ISO) or `month`; or a period together with `module` or `partner`, in either
   * order; or `user`, for finance and admin. Periods are those of `timeZone`.
   */
  @IsIn(GROUPINGS, {
    message:
      'must be module, partner, user, day, week or month, or a period with module or partner like "month,module"',
  })
  @ApiProperty({ type: 'string', enum: GROUPINGS, title: 'RevenueGrouping', example: 'user' })
  groupBy: string;

  /**
   * Only with `user`: the most customers, those with the highest gross revenue; default 50. Not for CSV, which
   * contains all customers.
   */
  @IsOptional()
  @IsIntegerParameter({ min: 1, max: USERS_MAX, example: USERS_DEFAULT })
  @ApiProperty({ required: false, default: USERS_DEFAULT })
  limit?: number;

  /** `csv` or `json`; absent: the format that the header `Accept` prefers. */
  @IsOptional()
  @IsOneOf(FORMATS, 'AnswerFormat')
  @ApiProperty({ required: false, example: 'json' })
  format?: Format;

  /**
   * Form of the CSV for spreadsheets; setting it selects CSV. `excel` adds a byte order mark at the start, `semicolon`
   * separates cells by semicolons and writes decimals with commas, `excel-semicolon` does both.
   */
  @IsOptional()
  @IsOneOf(CSV_FORMS, 'CsvForm')
  @ApiProperty({ required: false })
  csv?: CsvForm;
}

/** The period, module, partner or customer of a row of a summary. */
class RevenueSummaryNamesDto implements Omit<SummaryRow, keyof ReportTotals> {
  /**
   * `2026-05-01`, `2026-W18` or `2026-05` if the summary is by a period, otherwise the id of the module, partner or
   * customer. Null: the platform, in a summary by partner.
   */
  @ApiProperty({ type: 'string', nullable: true, example: '2026-05' })
  key: string | null;

  /**
   * Text for people: the period in English, the module's current name, or the name of the partner or customer (the
   * e-mail address, or else the id, if there is none).
   */
  @ApiProperty({ type: 'string', example: 'May 2026' })
  label: string;

  /** With a period: the first instant of the row. */
  @ApiPropertyOptional({ type: 'string', format: 'date-time', example: '2026-04-30T22:00:00Z' })
  from?: string;

  /** With a period: the first instant after the row; equal to `from` if the zone skips this day. */
  @ApiPropertyOptional({ type: 'string', format: 'date-time', example: '2026-05-31T22:00:00Z' })
  to?: string;

  /** With a period and `module`. */
  @ApiPropertyOptional({ type: 'string', example: 'mod_charts' })
  moduleId?: string;

  /** With a period and `module`: the module's current name. */
  @ApiPropertyOptional({ type: 'string', example: 'Charts, interactive' })
  moduleName?: string;

  /** With a period and `partner`; with `module` only for finance and admin. Null: the platform. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'partner_7' })
  partnerId?: string | null;

  /** With a period and `partner`: the partner's name, or else its e-mail address, or else its id. */
  @ApiPropertyOptional({ type: 'string', example: 'Studio Seven' })
  partnerName?: string;
}

/** The sums of a period, a module or a partner, or of one module or partner in a period. */
export class RevenueSummaryRowDto
  extends IntersectionType(RevenueSummaryNamesDto, RevenueTotalsDto)
  implements SummaryRow {}

/** Sums of a report by period, module or partner, and the totals of the whole report, from one snapshot. */
export class RevenueSummaryDto implements RevenueSummary {
  @ApiProperty({ type: [RevenueSummaryRowDto] })
  data: readonly RevenueSummaryRowDto[];

  @ApiProperty({ type: RevenueTotalsDto })
  totals: RevenueTotalsDto;

  /** The dimensions of the rows, the period first. */
  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: [...GROUPING_WORDS], title: 'GroupingWord' },
    example: ['month', 'module'],
  })
  groupBy: readonly GroupingWord[];

  /** With `user`: how many customers have deployments in the filter. */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, example: 320 })
  userCount?: number;

  /** In percent: the share in force at `snapshotAt`. The revenue of a deployment has that of its createdAt. */
  @ApiProperty({ type: 'string', example: '30' })
  partnerRevenueShare: string;

  /** The shares inside the filter's range, in the order of time, the first and the last cut at its ends. */
  @ApiProperty({ type: [ShareStepDto] })
  shares: readonly ShareStepDto[];

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  @ApiProperty({ type: RevenueAnsweredFilterDto })
  filter: RevenueAnsweredFilterDto;

  /** The response contains everything that was recorded until this instant. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123Z' })
  snapshotAt: string;
}
