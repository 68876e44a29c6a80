import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { STATEMENT_STATUSES, type StatementStatus } from '../../../domain/index.js';
import { PageRequestDto, PageResponseDto } from '../../../platform/paging/index.js';
import { IsOneOf, IsPlatformId } from '../../../platform/validation/index.js';
import type { CurrentStanding, OpenMonth } from '../../queries/current.service.js';
import type { Statement } from '../../queries/statement.js';
import { IsMonth } from './month.decorator.js';
import { AdjustmentLineDto } from './statement-line.dto.js';

/** Which statements to list. */
export class StatementListRequestDto extends PageRequestDto {
  /** Only statements of this month. */
  @IsOptional()
  @IsMonth()
  @ApiPropertyOptional()
  month?: string;

  /** Finance and admin: only this partner. A partner can name itself only. */
  @IsOptional()
  @IsPlatformId({ example: 'acme' })
  @ApiPropertyOptional()
  partnerId?: string;

  /** `carried`: nothing is payable. */
  @IsOptional()
  @IsOneOf(STATEMENT_STATUSES, 'StatementStatus')
  @ApiPropertyOptional()
  status?: StatementStatus;
}

/** What a partner gets for a closed month: opening + revenue + adjustments = due = payable + carried, exactly. */
@ApiSchema({ name: 'Statement' })
export class StatementDto implements Statement {
  @ApiProperty({ type: 'string', example: 'acme.2026-01' })
  id: string;

  @ApiProperty({ type: 'string', example: 'acme' })
  partnerId: string;

  @ApiProperty({ type: 'string', example: '2026-01' })
  month: string;

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  /** Places of the currency's smallest unit: 0, 2 or 3. */
  @ApiProperty({ type: 'integer', example: 2 })
  currencyMinorUnit: number;

  /** What the last statement carried. */
  @ApiProperty({ type: 'string', example: '0.004' })
  opening: string;

  /** The partner's share of the month's gross revenue. */
  @ApiProperty({ type: 'string', example: '2.104' })
  revenue: string;

  /** The partner's share of what changed in earlier closed months. */
  @ApiProperty({ type: 'string', example: '-0.2' })
  adjustments: string;

  @ApiProperty({ type: 'string', example: '1.908' })
  due: string;

  /** `due`, rounded once, half to even, to the currency's smallest unit; 0 if that is below the minimum or a debt. */
  @ApiProperty({ type: 'string', example: '1.91' })
  payable: string;

  /** What the next statement begins with: the cut of the rounding, an amount below the minimum, or a debt. */
  @ApiProperty({ type: 'string', example: '-0.002' })
  carried: string;

  /** Payments less reversals. */
  @ApiProperty({ type: 'string', example: '1' })
  paid: string;

  @ApiProperty({ type: 'string', example: '0.91' })
  open: string;

  @ApiProperty({
    type: 'string',
    enum: [...STATEMENT_STATUSES],
    title: 'StatementStatus',
    example: 'partlyPaid',
  })
  status: StatementStatus;

  /** SHA-256 over the statement and its lines (docs/statements.md). */
  @ApiProperty({ type: 'string', example: 'a'.repeat(64) })
  digest: string;
}

/** A page of statements. */
@ApiSchema({ name: 'StatementList' })
export class StatementListDto {
  @ApiProperty({ type: [StatementDto] })
  data: StatementDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}

/** An adjustment line that a statement has. */
@ApiSchema({ name: 'SettledAdjustmentLine' })
export class SettledLineDto extends AdjustmentLineDto {
  /** The statement that has the line. */
  @ApiProperty({ type: 'string', example: 'acme.2026-02' })
  statementId: string;
}

/** What changed of the deployments of a statement's month since its closing. */
@ApiSchema({ name: 'StatementChanges' })
export class StatementChangesDto {
  /** Adjustment lines that later statements have. */
  @ApiProperty({ type: [SettledLineDto] })
  settled: SettledLineDto[];

  /** Adjustment lines that the next closing would write. */
  @ApiProperty({ type: [AdjustmentLineDto] })
  open: AdjustmentLineDto[];
}

/** Whose standing to show. */
export class CurrentStandingRequestDto {
  /** Needed for finance and admin. A partner can name itself only. */
  @IsOptional()
  @IsPlatformId({ example: 'acme' })
  @ApiPropertyOptional()
  partnerId?: string;
}

/** A month that is not closed. */
@ApiSchema({ name: 'OpenMonth' })
export class OpenMonthDto implements OpenMonth {
  @ApiProperty({ type: 'string', example: '2026-03' })
  month: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-03-01T00:00:00Z' })
  from: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-04-01T00:00:00Z' })
  to: string;

  /** Number of deployments with gross revenue. */
  @ApiProperty({ type: 'integer', example: 7 })
  deployments: number;

  @ApiProperty({ type: 'string', example: '70' })
  purchasedCredits: string;

  @ApiProperty({ type: 'string', example: '7' })
  grossRevenue: string;

  @ApiProperty({ type: 'string', example: '2.1' })
  revenue: string;
}

/** What a partner has that no statement states yet. */
@ApiSchema({ name: 'CurrentStanding' })
export class CurrentStandingDto implements CurrentStanding {
  @ApiProperty({ type: 'string', example: 'acme' })
  partnerId: string;

  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  @ApiProperty({ type: 'integer', example: 2 })
  currencyMinorUnit: number;

  /** The zone of the closings; before the first one the variable `timeZone`. */
  @ApiProperty({ type: 'string', example: 'UTC' })
  timeZone: string;

  /** What the last statement carried. */
  @ApiProperty({ type: 'string', example: '-0.002' })
  opening: string;

  /** Months that are over and not closed, the first one first. */
  @ApiProperty({ type: [OpenMonthDto] })
  months: OpenMonthDto[];

  /** The month that runs, so far. */
  @ApiProperty({ type: OpenMonthDto })
  running: OpenMonthDto;

  /** The revenue of `open`, added up. */
  @ApiProperty({ type: 'string', example: '0' })
  adjustments: string;

  /** Adjustment lines that the next closing would write. */
  @ApiProperty({ type: [AdjustmentLineDto] })
  open: AdjustmentLineDto[];

  /** opening + all months + adjustments. */
  @ApiProperty({ type: 'string', example: '2.098' })
  due: string;
}
