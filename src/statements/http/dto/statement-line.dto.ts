import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { IsOptional, Length, Matches } from 'class-validator';
import type { EntryType } from '../../../domain/index.js';
import { CSV_FORMS, FORMATS, type CsvForm, type Format } from '../../../platform/csv/index.js';
import { CURSOR_PATTERN, PageResponseDto } from '../../../platform/paging/index.js';
import { IsIntegerParameter, IsOneOf } from '../../../platform/validation/index.js';
import type { AdjustmentLine, Cause, RevenueLine } from '../../lines/line.js';
import { LINE_KINDS, type LineKind } from '../../lines/lines-query.js';

const CAUSE_TYPES = [
  'award',
  'purchase',
  'deployment',
  'spend',
  'refund',
  'purchaseRefund',
  'purchaseReversal',
  'reversalRelease',
  'correction',
] as const;
const ZONE_NAME_MAX_CHARACTERS = 255;

/** The form of a file. */
export class FileRequestDto {
  /** `csv` for a file; the header `Accept` decides if absent. */
  @IsOptional()
  @IsOneOf(FORMATS)
  @ApiPropertyOptional()
  format?: Format;

  /** A form of the CSV for spreadsheets; the usual one if absent. */
  @IsOptional()
  @IsOneOf(CSV_FORMS)
  @ApiPropertyOptional()
  csv?: CsvForm;
}

/** Which lines of a statement. */
export class StatementLinesRequestDto extends FileRequestDto {
  /** Only lines of this kind. */
  @IsOptional()
  @IsOneOf(LINE_KINDS, 'StatementLineKind')
  @ApiPropertyOptional()
  kind?: LineKind;

  /** IANA name; other than `UTC`, the CSV has a column of local times. */
  @IsOptional()
  @Length(1, ZONE_NAME_MAX_CHARACTERS, { message: 'must be the name of an IANA time zone' })
  @ApiProperty({ type: 'string', required: false, example: 'Europe/Berlin' })
  timeZone?: string;

  /** Maximum number of rows in the answer; 50 if absent. Not for CSV. */
  @IsOptional()
  @IsIntegerParameter({ min: 1, max: 500, example: 50 })
  @ApiProperty({ required: false, default: 50 })
  limit?: number;

  /** `nextCursor` of the previous answer for the same statement and kind. Not for CSV. */
  @IsOptional()
  @Matches(CURSOR_PATTERN, { message: 'must be a nextCursor of the same list' })
  @ApiProperty({ type: 'string', required: false, maxLength: 2000, example: 'WyJ1ZW9UZFF4bSIsInVzcl80MiJd' })
  cursor?: string;
}

/** What lines of both kinds say. */
class LineFactsDto {
  @ApiProperty({ type: 'string', example: 'dep_1001' })
  deploymentId: string;

  @ApiProperty({ type: 'string', example: 'mod_charts' })
  moduleId: string;

  /** The name at the closing. */
  @ApiProperty({ type: 'string', example: 'Charts' })
  moduleName: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-01-05T09:30:00Z' })
  createdAt: string;

  /** The share at `createdAt`, in percent. */
  @ApiProperty({ type: 'string', example: '30' })
  partnerRevenueShare: string;
}

/** A deployment of the statement's month with gross revenue. */
@ApiSchema({ name: 'RevenueLine' })
export class RevenueLineDto extends LineFactsDto implements RevenueLine {
  @ApiProperty({ type: 'string', enum: ['revenue'], title: 'RevenueLineKind', example: 'revenue' })
  kind: 'revenue';

  /** freeCredits + purchasedCredits + unpaidCredits + refundedCredits. */
  @ApiProperty({ type: 'string', example: '12.5' })
  creditCost: string;

  /** Credits paid from awards, which give no revenue. */
  @ApiProperty({ type: 'string', example: '4' })
  freeCredits: string;

  /** Credits paid from purchases. */
  @ApiProperty({ type: 'string', example: '8.5' })
  purchasedCredits: string;

  /** Credits that nothing had paid at the closing. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaidCredits: string;

  /** Credits refunded until the closing. */
  @ApiProperty({ type: 'string', example: '0' })
  refundedCredits: string;

  /** The money that the customer had paid for the purchased credits. Up to 6 places. */
  @ApiProperty({ type: 'string', example: '0.85' })
  grossRevenue: string;

  /** grossRevenue times the share at the time of the deployment, exact, up to 12 places. */
  @ApiProperty({ type: 'string', example: '0.255' })
  revenue: string;
}

/** Why the gross of a deployment is no longer what was stated. */
@ApiSchema({ name: 'AdjustmentCause' })
export class CauseDto implements Cause {
  /** The entry's type; `correction`: a rule was mended. */
  @ApiProperty({ type: 'string', enum: [...CAUSE_TYPES], title: 'AdjustmentCauseType', example: 'award' })
  type: EntryType | 'correction';

  /** What it changed of the gross. All parts add up to the difference. */
  @ApiProperty({ type: 'string', example: '-0.4' })
  part: string;

  /** For partners only: the month in which it happened; null for a correction. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: '2026-01' })
  month?: string | null;

  /** For finance and admin only; null for a correction. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: 'gift_17' })
  entryId?: string | null;

  /** For finance and admin only. */
  @ApiPropertyOptional({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2026-01-02T00:00:00Z',
  })
  occurredAt?: string | null;

  /** For finance and admin only. */
  @ApiPropertyOptional({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2026-02-07T10:00:00.123456Z',
  })
  recordedAt?: string | null;
}

/** A deployment of an earlier closed month that has another gross than was stated. */
@ApiSchema({ name: 'AdjustmentLine' })
export class AdjustmentLineDto extends LineFactsDto implements AdjustmentLine {
  @ApiProperty({ type: 'string', enum: ['adjustment'], title: 'AdjustmentLineKind', example: 'adjustment' })
  kind: 'adjustment';

  /** By the last line about the deployment; `"0"` if there is none. */
  @ApiProperty({ type: 'string', example: '0.85' })
  statedGross: string;

  @ApiProperty({ type: 'string', example: '0.45' })
  grossNow: string;

  @ApiProperty({ type: 'string', example: '-0.4' })
  difference: string;

  @ApiProperty({ type: 'string', example: '-0.12' })
  revenueDifference: string;

  /** The partner's statement of the deployment's month; null if the partner has none. */
  @ApiProperty({ type: 'string', nullable: true, example: 'acme.2026-01' })
  corrects: string | null;

  /** In the order of recording. */
  @ApiProperty({ type: [CauseDto] })
  causes: CauseDto[];
}

/** A page of a statement's lines: revenue before adjustments, in each kind the oldest deployment first. */
@ApiSchema({ name: 'StatementLinesPage' })
@ApiExtraModels(RevenueLineDto, AdjustmentLineDto)
export class StatementLinesPageDto {
  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ $ref: getSchemaPath(RevenueLineDto) }, { $ref: getSchemaPath(AdjustmentLineDto) }] },
  })
  data: (RevenueLineDto | AdjustmentLineDto)[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
