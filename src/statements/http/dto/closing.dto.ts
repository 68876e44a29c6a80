import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsBoolean, IsOptional, Length } from 'class-validator';
import type { Closing, SettledElsewhere } from '../../closing/closing.js';
import type { ClosingPreview, PreviewedStatement } from '../../closing/preview.service.js';
import { IsMonth } from './month.decorator.js';

/** PostgreSQL's limit for the name of a time zone. */
const ZONE_NAME_MAX_CHARACTERS = 255;

/** A month to close. */
@ApiSchema({ name: 'PreviewClosing' })
export class PreviewClosingRequestDto {
  /** The month after the last closed one; the first can be any. */
  @IsMonth()
  month: string;

  /** IANA name. Only the first closing chooses it; the variable `timeZone` if absent. */
  @IsOptional()
  @Length(1, ZONE_NAME_MAX_CHARACTERS, { message: 'must be the name of an IANA time zone' })
  @ApiPropertyOptional({ type: 'string', example: 'Europe/Berlin' })
  timeZone?: string;
}

/** A month to close, and how. */
@ApiSchema({ name: 'CloseMonth' })
export class CloseMonthRequestDto extends PreviewClosingRequestDto {
  /** `true`: what partners have before the first closed month is settled elsewhere and never stated. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', default: false })
  settledElsewhere?: boolean;
}

/** What partners' modules have before the first closed month, with gross revenue, at the closing. */
@ApiSchema({ name: 'SettledElsewhere' })
export class SettledElsewhereDto implements SettledElsewhere {
  @ApiProperty({ type: 'integer', example: 0 })
  deployments: number;

  @ApiProperty({ type: 'string', example: '0' })
  grossRevenue: string;
}

/** A month and its edges, as closings see them. */
class ClosingPeriodDto {
  @ApiProperty({ type: 'string', example: '2026-01' })
  month: string;

  /** The first instant of the month. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-01-01T00:00:00Z' })
  from: string;

  /** The first instant after it, with which the next closing begins. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-02-01T00:00:00Z' })
  to: string;

  /** IANA name; the same for all closings. */
  @ApiProperty({ type: 'string', example: 'UTC' })
  timeZone: string;
}

/** A closed month. */
@ApiSchema({ name: 'Closing' })
export class ClosingDto extends ClosingPeriodDto implements Closing {
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-02-01T06:00:00.123456Z' })
  closedAt: string;

  /** SHA-256 over the closing and the digests of its statements (docs/statements.md). */
  @ApiProperty({ type: 'string', example: 'b'.repeat(64) })
  digest: string;

  /** The digest of the month before; null for the first. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  previousDigest: string | null;

  /** Number of statements. */
  @ApiProperty({ type: 'integer', example: 12 })
  statements: number;

  @ApiProperty({ type: SettledElsewhereDto })
  settledElsewhere: SettledElsewhereDto;
}

/** All closed months, the first one first. */
@ApiSchema({ name: 'ClosingList' })
export class ClosingListDto {
  @ApiProperty({ type: [ClosingDto] })
  data: ClosingDto[];
}

/** Sums over all partners. */
@ApiSchema({ name: 'PreviewTotals' })
export class PreviewTotalsDto {
  @ApiProperty({ type: 'integer', example: 42 })
  deployments: number;

  @ApiProperty({ type: 'string', example: '420' })
  purchasedCredits: string;

  @ApiProperty({ type: 'string', example: '105' })
  grossRevenue: string;

  /** What the last statements carried. */
  @ApiProperty({ type: 'string', example: '0.004' })
  opening: string;

  @ApiProperty({ type: 'string', example: '31.5' })
  revenue: string;

  @ApiProperty({ type: 'string', example: '-1.2' })
  adjustments: string;

  /** Number of adjustment lines. */
  @ApiProperty({ type: 'integer', example: 2 })
  adjustedDeployments: number;

  @ApiProperty({ type: 'string', example: '30.304' })
  due: string;

  @ApiProperty({ type: 'string', example: '30.3' })
  payable: string;

  @ApiProperty({ type: 'string', example: '0.004' })
  carried: string;
}

/** What closing now would state for a partner. */
@ApiSchema({ name: 'PreviewedStatement' })
export class PreviewedStatementDto extends PreviewTotalsDto implements PreviewedStatement {
  @ApiProperty({ type: 'string', example: 'acme' })
  partnerId: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'hello@acme.example' })
  email: string | null;
}

/** What closing a month now would give. */
@ApiSchema({ name: 'ClosingPreview' })
export class ClosingPreviewDto extends ClosingPeriodDto implements ClosingPreview {
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  @ApiProperty({ type: 'integer', example: 2 })
  currencyMinorUnit: number;

  /** The variable `minimumPayout`. */
  @ApiProperty({ type: 'string', example: '0' })
  minimumPayout: string;

  @ApiProperty({ type: SettledElsewhereDto })
  settledElsewhere: SettledElsewhereDto;

  /** By partner. */
  @ApiProperty({ type: [PreviewedStatementDto] })
  data: PreviewedStatementDto[];

  @ApiProperty({ type: PreviewTotalsDto })
  totals: PreviewTotalsDto;
}
