import { ApiProperty, ApiPropertyOptional, ApiSchema, IntersectionType } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { CSV_FORMS, type CsvForm, type Format, FORMATS } from '../../../platform/csv/index.js';
import { CURSOR_PATTERN, PageResponseDto } from '../../../platform/paging/index.js';
import { IsIntegerParameter, IsOneOf } from '../../../platform/validation/index.js';
import type { ReportRow } from '../../report/report-row.js';
import type { ReportTotals } from '../../report/report-totals.js';
import type { ReportedFilter, RevenueReport } from '../../report/revenue-report.js';
import { type Order, ORDERS, type Sort, SORTS } from '../../report/sort-order.js';
import { RevenueAnsweredFilterDto, RevenueFilterRequestDto } from './revenue-filter.dto.js';

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

/** Credits and money of deployments. Decimals are canonical strings; money is in the platform's currency. */
class RevenueFiguresDto {
  /** What was charged: freeCredits + purchasedCredits + unpaidCredits + refundedCredits. */
  @ApiProperty({ type: 'string', example: '12.5' })
  creditCost: string;

  /** Paid from awarded credits, which give no revenue. */
  @ApiProperty({ type: 'string', example: '4' })
  freeCredits: string;

  /** Paid from bought credits. */
  @ApiProperty({ type: 'string', example: '8.5' })
  purchasedCredits: string;

  /** Not covered by any credits so far. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaidCredits: string;

  /** Given back. */
  @ApiProperty({ type: 'string', example: '0' })
  refundedCredits: string;

  /** True revenue: the money that was paid for the bought credits which paid. Up to 6 places. */
  @ApiProperty({ type: 'string', example: '0.85' })
  grossRevenue: string;

  /** The partner's share of it, exact, up to 12 places; 0 for the platform's own modules. */
  @ApiProperty({ type: 'string', example: '0.255' })
  revenue: string;

  /** What the platform keeps: grossRevenue - revenue. For finance and admin. */
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

  /** When it was deployed: its figures belong here, whenever it was paid, settled or refunded. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  createdAt: string;

  /** Whose module it is; null: the platform's own. For finance and admin. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'partner_7' })
  partnerId?: string | null;

  /** For finance and admin. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'studio@example.com' })
  partnerEmail?: string | null;

  /** Who deployed it. For finance and admin. */
  @ApiPropertyOptional({ type: 'string', example: 'usr_42' })
  userId?: string;

  /** For finance and admin. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'ada@example.com' })
  userEmail?: string | null;
}

class RevenueCountDto {
  /** How many rows. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  deployments: number;
}

/** Exact sums over the whole filter, not over the page. */
export class RevenueTotalsDto
  extends IntersectionType(RevenueCountDto, RevenueFiguresDto)
  implements ReportTotals {}

/** The filter and order that the answer went by. */
export class RevenueReportedFilterDto extends RevenueAnsweredFilterDto implements ReportedFilter {
  @ApiProperty({ enum: SORTS, title: 'RevenueSort', example: 'createdAt' })
  sort: Sort;

  @ApiProperty({ enum: ORDERS, title: 'SortOrder', example: 'desc' })
  order: Order;
}

/** Where the answer stands among the rows. */
export class RevenuePageDto extends PageResponseDto {
  /** The `cursor` that asks for the rows before these; null: there are none. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  prevCursor: string | null;
}

/** A page of the report and the totals of all of it, from one snapshot. */
export class RevenueReportDto implements RevenueReport {
  @ApiProperty({ type: [RevenueRowDto] })
  data: readonly RevenueRowDto[];

  @ApiProperty({ type: RevenueTotalsDto })
  totals: RevenueTotalsDto;

  /** Percent: the one share in force now, which applies to past deployments too. */
  @ApiProperty({ type: 'string', example: '30' })
  partnerRevenueShare: string;

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  @ApiProperty({ type: RevenueReportedFilterDto })
  filter: RevenueReportedFilterDto;

  /** Everything recorded by then is in the answer. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123Z' })
  snapshotAt: string;

  @ApiProperty({ type: RevenuePageDto })
  page: RevenuePageDto;
}
