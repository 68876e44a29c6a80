import { ApiProperty, ApiPropertyOptional, ApiSchema, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { CSV_FORMS, type CsvForm, type Format, FORMATS } from '../../../platform/csv/index.js';
import { IsOneOf } from '../../../platform/validation/index.js';
import type { ReportTotals } from '../../report/report-totals.js';
import { GROUPING_WORDS, GROUPINGS, type GroupingWord } from '../../summary/grouping.js';
import type { RevenueSummary, SummaryRequest, SummaryRow } from '../../summary/revenue-summary.js';
import { RevenueAnsweredFilterDto, RevenueFilterRequestDto } from './revenue-filter.dto.js';
import { RevenueTotalsDto } from './revenue-report.dto.js';

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

/** What a row of a summary is about. */
class RevenueSummaryNamesDto implements Omit<SummaryRow, keyof ReportTotals> {
  /**
   * `2026-05-01`, `2026-W18` or `2026-05` where the summary is by a period, or else the id of the module or partner;
   * null: the platform itself, beside the partners.
   */
  @ApiProperty({ type: 'string', nullable: true, example: '2026-05' })
  key: string | null;

  /** For people: the period in English, the module's current name, the partner's name or else its e-mail address. */
  @ApiProperty({ type: 'string', example: 'May 2026' })
  label: string;

  /** Of periods: the first instant that the row is about. */
  @ApiPropertyOptional({ type: 'string', format: 'date-time', example: '2026-04-30T22:00:00Z' })
  from?: string;

  /** Of periods: the first instant after those; the same where the zone leaves a day out. */
  @ApiPropertyOptional({ type: 'string', format: 'date-time', example: '2026-05-31T22:00:00Z' })
  to?: string;

  /** With a period and `module`. */
  @ApiPropertyOptional({ type: 'string', example: 'mod_charts' })
  moduleId?: string;

  /** With a period and `module`: its current name. */
  @ApiPropertyOptional({ type: 'string', example: 'Charts, interactive' })
  moduleName?: string;

  /** With a period and `partner`; with `module` for finance and admin. Null: the platform's own. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'partner_7' })
  partnerId?: string | null;

  /** With a period and `partner`: its name, or else its e-mail address, or else its id. */
  @ApiPropertyOptional({ type: 'string', example: 'Studio Seven' })
  partnerName?: string;
}

/** The sums of a period, a module, a partner, or a period of one of these. */
export class RevenueSummaryRowDto
  extends IntersectionType(RevenueSummaryNamesDto, RevenueTotalsDto)
  implements SummaryRow {}

/** Sums of a report by period, module or partner, and the totals of all of it, from one snapshot. */
export class RevenueSummaryDto implements RevenueSummary {
  @ApiProperty({ type: [RevenueSummaryRowDto] })
  data: readonly RevenueSummaryRowDto[];

  @ApiProperty({ type: RevenueTotalsDto })
  totals: RevenueTotalsDto;

  /** What the rows are by, the period first. */
  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: [...GROUPING_WORDS], title: 'GroupingWord' },
    example: ['month', 'module'],
  })
  groupBy: readonly GroupingWord[];

  /** Percent: the one share in force now, which applies to past deployments too. */
  @ApiProperty({ type: 'string', example: '30' })
  partnerRevenueShare: string;

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  @ApiProperty({ type: RevenueAnsweredFilterDto })
  filter: RevenueAnsweredFilterDto;

  /** Everything recorded by then is in the answer. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123Z' })
  snapshotAt: string;
}
