import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { Pool, SpendCategory } from '../../../domain/index.js';
import { CSV_FORMS, type CsvForm, type Format, FORMATS } from '../../../platform/csv/index.js';
import { CURSOR_PATTERN, type Order, ORDERS, PageResponseDto } from '../../../platform/paging/index.js';
import {
  IsInstantString,
  IsIntegerParameter,
  IsOneOf,
  IsPlatformId,
} from '../../../platform/validation/index.js';
import { TimeRangeRequestDto, TimeRangeResponseDto } from '../../../variables/index.js';
import { HISTORY_ITEM_TYPES } from '../../queries/history-item.js';
import { BalanceDto, AllocationDto } from './lot.dto.js';

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

/** How credits move between lots and the rest of the world. */
const MOVEMENT_KINDS = ['added', 'paid', 'settled', 'returned', 'lapsed', 'withdrawn'] as const;
type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** The spend whose debt was settled. */
export class SettledSpendDto {
  @ApiProperty({ enum: ['deployment', 'spend'], example: 'deployment' })
  type: 'deployment' | 'spend';

  @ApiProperty({ type: 'string', example: 'dep_0990' })
  id: string;
}

/** Credits that went into a lot or out of it. */
export class MovementDto extends AllocationDto {
  /**
   * Into the lot: `added` (awarded or bought), `returned` (by a refund). Out of it: `paid` (for the entry itself),
   * `settled` (an older debt), `lapsed` (expired, or returned to a lot that has expired), `withdrawn` (given back for
   * money).
   */
  @ApiProperty({ enum: MOVEMENT_KINDS, title: 'MovementKind', example: 'paid' })
  kind: MovementKind;

  /** Of `settled`: whose debt; else null. */
  @ApiProperty({ type: SettledSpendDto, nullable: true, example: null })
  settles: SettledSpendDto | null;
}

/** One entry of a user's credit history, or the expiry of a lot. What a type does not have is null. */
export class HistoryLineDto {
  @ApiProperty({ enum: HISTORY_ITEM_TYPES, title: 'HistoryLineType', example: 'deployment' })
  type: (typeof HISTORY_ITEM_TYPES)[number];

  /** A deployment's id, any other entry's externalId; of an expiry that of its lot. */
  @ApiProperty({ type: 'string', example: 'dep_1001' })
  id: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  occurredAt: string;

  /** What the entry is about: granted, bought, charged, given back or lapsed credits. Never negative. */
  @ApiProperty({ type: 'string', example: '12.5' })
  credits: string;

  /** Of a purchase: the money paid. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  amount: string | null;

  /** Of an award or purchase whose credits lapse: when. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  expiresAt: string | null;

  /** Of a deployment. */
  @ApiProperty({ type: 'string', nullable: true, example: 'mod_charts' })
  moduleId: string | null;

  /** Of a spend: what it was for. */
  @ApiProperty({ enum: ['project', 'build', 'adjustment'], nullable: true, example: null })
  category: SpendCategory | null;

  /** Of a deployment or spend: which credits may pay for it. */
  @ApiProperty({ enum: ['any', 'free', 'purchased'], nullable: true, example: 'any' })
  pool: Pool | null;

  /** Of a refund: what was given back. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  deploymentId: string | null;

  /** Of a purchaseRefund: what was given back. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  purchaseExternalId: string | null;

  /** Of a refund: the part of its credits that had never been paid, so that nothing returned for it. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  cancelledCredits: string | null;

  /** Of a refund or purchaseRefund: what it states and could not take, because an entry told later left less. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  shortfallCredits: string | null;

  /** Every lot that credits went into or came out of, in that order; none for a deployment that cost nothing. */
  @ApiProperty({ type: [MovementDto] })
  movements: readonly MovementDto[];

  /** Right after this line. */
  @ApiProperty({ type: BalanceDto })
  balanceAfter: BalanceDto;

  /** The free text that came with it; null: none, or erased. For finance, admin and platform. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: null })
  reason?: string | null;
}

/** The filter and order that a history went by. */
export class CreditHistoryFilterDto extends TimeRangeResponseDto {
  /** As given; null: now. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  asOf: string | null;

  /** `asc`: oldest first; `desc`: newest first. */
  @ApiProperty({ enum: ORDERS, title: 'SortOrder', example: 'asc' })
  order: Order;
}

/** A page of a user's history, in the order of `filter.order`, from one snapshot. */
export class CreditHistoryDto {
  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  /** Balances are those of the whole history, whatever the range is. */
  @ApiProperty({ type: [HistoryLineDto] })
  data: readonly HistoryLineDto[];

  @ApiProperty({ type: CreditHistoryFilterDto })
  filter: CreditHistoryFilterDto;

  /** Everything recorded by then is in the answer. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123456Z' })
  snapshotAt: string;

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
