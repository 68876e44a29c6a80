import { ApiProperty, ApiPropertyOptional, ApiSchema, IntersectionType } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { CSV_FORMS, type CsvForm, type Format, FORMATS } from '../../../platform/csv/index.js';
import { CURSOR_PATTERN, PageResponseDto } from '../../../platform/paging/index.js';
import { IsIntegerParameter, IsOneOf } from '../../../platform/validation/index.js';
import type { ReportRow } from '../../report/report-row.js';
import type { ReportTotals } from '../../report/report-totals.js';
import type { ReportedFilter, RevenueReport } from '../../report/revenue-report.js';
import { type Order, ORDERS, type Sort, SORTS } from '../../report/sort-order.js';
import { ShareStepDto } from '../../../variables/index.js';
import { RevenueAnsweredFilterDto, RevenueFilterRequestDto } from './revenue-filter.dto.js';

/** Selects a report, its order, and one page of it. */
@ApiSchema({ name: 'RevenueSearch' })
export class RevenueReportRequestDto extends RevenueFilterRequestDto {
  /**
   * The sort key of the rows: `createdAt` (default), `revenue` (the gross revenue that a partner has a share of, 0 for
   * the platform's modules; the revenue itself if the share changes inside the range, where a later change of these
   * steps makes a cursor invalid), `creditCost`, or `moduleName` (in lower case, by bytes). Rows with equal keys are sorted
   * by createdAt, then by deploymentId.
   */
  @IsOptional()
  @IsOneOf(SORTS)
  @ApiProperty({ required: false, default: 'createdAt' })
  sort?: Sort;

  /** `desc` (default) or `asc`; it applies to rows with equal keys too. */
  @IsOptional()
  @IsOneOf(ORDERS)
  @ApiProperty({ required: false, default: 'desc' })
  order?: Order;

  /** Most rows in one response; default 50. Not for CSV, which contains all rows. */
  @IsOptional()
  @IsIntegerParameter({ min: 1, max: 500, example: 50 })
  @ApiProperty({ required: false, default: 50 })
  limit?: number;

  /** `nextCursor` or `prevCursor` of a response with the same filter and order. Not for CSV. */
  @IsOptional()
  @Matches(CURSOR_PATTERN, { message: 'must be a nextCursor or prevCursor of the same report' })
  @ApiProperty({ type: 'string', required: false, maxLength: 2000, example: 'WyJ1ZW9UZFF4bSIsIm5leHQiXQ' })
  cursor?: string;

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

/** Credits and money of deployments. Decimals are canonical strings; money is in the platform's currency. */
class RevenueFiguresDto {
  /** Cost of the deployment: freeCredits + purchasedCredits + unpaidCredits + refundedCredits. */
  @ApiProperty({ type: 'string', example: '12.5' })
  creditCost: string;

  /** Credits paid from free lots, which give no revenue. */
  @ApiProperty({ type: 'string', example: '4' })
  freeCredits: string;

  /** Credits paid from purchased lots. */
  @ApiProperty({ type: 'string', example: '8.5' })
  purchasedCredits: string;

  /** Credits that no lot has covered so far. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaidCredits: string;

  /** Credits that were refunded. */
  @ApiProperty({ type: 'string', example: '0' })
  refundedCredits: string;

  /** True revenue: the money that the customer had paid for the purchased credits. Up to 6 places. */
  @ApiProperty({ type: 'string', example: '0.85' })
  grossRevenue: string;

  /** The partner's share of grossRevenue, exact, up to 12 places; 0 for the platform's own modules. */
  @ApiProperty({ type: 'string', example: '0.255' })
  revenue: string;

  /** The platform's part: grossRevenue - revenue. For finance and admin. */
  @ApiPropertyOptional({ type: 'string', example: '0.595' })
  platformRevenue?: string;
}

/** One deployment. */
export class RevenueRowDto extends RevenueFiguresDto implements ReportRow {
  @ApiProperty({ type: 'string', example: 'dep_1001' })
  deploymentId: string;

  @ApiProperty({ type: 'string', example: 'mod_charts' })
  moduleId: string;

  /** The module's current name. */
  @ApiProperty({ type: 'string', example: 'Charts, interactive' })
  moduleName: string;

  /**
   * When the module was deployed. All figures of the row belong to this instant, even if payments, settlements or
   * refunds came later.
   */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  createdAt: string;

  /** In percent: the share in force at createdAt. */
  @ApiProperty({ type: 'string', example: '30' })
  partnerRevenueShare: string;

  /** The partner that owns the module; null: the platform. For finance and admin. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'partner_7' })
  partnerId?: string | null;

  /** For finance and admin. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'studio@example.com' })
  partnerEmail?: string | null;

  /** The user who deployed the module. For finance and admin. */
  @ApiPropertyOptional({ type: 'string', example: 'usr_42' })
  userId?: string;

  /** For finance and admin. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'ada@example.com' })
  userEmail?: string | null;
}

class RevenueCountDto {
  /** Number of rows. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  deployments: number;
}

/** Exact sums over the whole filter, not only over the page. */
export class RevenueTotalsDto
  extends IntersectionType(RevenueCountDto, RevenueFiguresDto)
  implements ReportTotals {}

/** The filter and order that the response was computed with. */
export class RevenueReportedFilterDto extends RevenueAnsweredFilterDto implements ReportedFilter {
  @ApiProperty({ enum: SORTS, title: 'RevenueSort', example: 'createdAt' })
  sort: Sort;

  @ApiProperty({ enum: ORDERS, title: 'SortOrder', example: 'desc' })
  order: Order;
}

/** The page's position among the rows. */
export class RevenuePageDto extends PageResponseDto {
  /** The `cursor` for the rows before these; null: there are none. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  prevCursor: string | null;
}

/** A page of the report, and the totals of the whole report, from one snapshot. */
export class RevenueReportDto implements RevenueReport {
  @ApiProperty({ type: [RevenueRowDto] })
  data: readonly RevenueRowDto[];

  @ApiProperty({ type: RevenueTotalsDto })
  totals: RevenueTotalsDto;

  /** In percent: the share in force at `snapshotAt`. The revenue of a deployment has that of its createdAt. */
  @ApiProperty({ type: 'string', example: '30' })
  partnerRevenueShare: string;

  /** The shares inside the filter's range, in the order of time, the first and the last cut at its ends. */
  @ApiProperty({ type: [ShareStepDto] })
  shares: readonly ShareStepDto[];

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  @ApiProperty({ type: RevenueReportedFilterDto })
  filter: RevenueReportedFilterDto;

  /** The response contains everything that was recorded until this instant. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123Z' })
  snapshotAt: string;

  @ApiProperty({ type: RevenuePageDto })
  page: RevenuePageDto;
}
