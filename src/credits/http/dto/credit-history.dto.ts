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
import type { PaymentTexts } from '../payment-texts.js';
import { BalanceDto, AllocationDto } from './lot.dto.js';

/** The user, range and order of a history. */
export class CreditHistoryRequestDto extends TimeRangeRequestDto {
  /** The caller if absent. Users and partners can read only their own history; another user's answers 404. */
  @IsOptional()
  @IsPlatformId({ example: 'usr_42' })
  @ApiProperty({ required: false })
  userId?: string;

  /**
   * The history up to this instant, including entries that were recorded later. It can be in the future. Now if absent.
   */
  @IsOptional()
  @IsInstantString({ example: '2026-05-31T00:00:00Z' })
  @ApiProperty({ required: false })
  asOf?: string;

  /** `asc` (default): oldest first; `desc`: newest first. The balance after a line is the same in both orders. */
  @IsOptional()
  @IsOneOf(ORDERS)
  @ApiProperty({ required: false, default: 'asc' })
  order?: Order;

  /** Maximum number of lines in one answer; default 50. Not for CSV, which has all lines. */
  @IsOptional()
  @IsIntegerParameter({ min: 1, max: 500, example: 50 })
  @ApiProperty({ required: false, default: 50 })
  limit?: number;

  /** `nextCursor` of an answer for the same user, filter and order. Not for CSV. */
  @IsOptional()
  @Matches(CURSOR_PATTERN, {
    message: 'must be a nextCursor of an answer for the same user, filter and order',
  })
  @ApiProperty({
    type: 'string',
    required: false,
    maxLength: 2000,
    example: 'WyJ1ZW9UZFF4bSIsIjIwMjYtMDUtMDFUMDk6MzA6MDBaIiwiZGVwbG95bWVudCIsImRlcF8xMDAxIiwiIl0',
  })
  cursor?: string;

  /** `csv` or `json`. The header `Accept` decides if absent. */
  @IsOptional()
  @IsOneOf(FORMATS, 'AnswerFormat')
  @ApiProperty({ required: false, example: 'json' })
  format?: Format;

  /**
   * Variant of CSV for spreadsheets, which implies CSV: `excel` begins the file with a byte order mark, `semicolon`
   * writes semicolons between cells and decimal commas, `excel-semicolon` does both.
   */
  @IsOptional()
  @IsOneOf(CSV_FORMS, 'CsvForm')
  @ApiProperty({ required: false })
  csv?: CsvForm;
}

/** The kinds of movements into and out of lots. */
const MOVEMENT_KINDS = [
  'added',
  'paid',
  'settled',
  'returned',
  'lapsed',
  'withdrawn',
  'reversed',
  'reversedLapsed',
  'reversedPaid',
  'released',
  'paidAgain',
] as const;
type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** The spend that credits pay or paid. */
export class SettledSpendDto {
  @ApiProperty({ enum: ['deployment', 'spend'], example: 'deployment' })
  type: 'deployment' | 'spend';

  @ApiProperty({ type: 'string', example: 'dep_0990' })
  id: string;
}

/** Credits that moved into a lot or out of it. */
export class MovementDto extends AllocationDto {
  /**
   * Into the lot: `added` (awarded or bought), `returned` (by a refund), `released` (by a release). Out of it: `paid`
   * (for the entry itself), `settled` (an older debt), `lapsed` (expired, or returned to an expired lot), `withdrawn`
   * (refunded for money), `reversed` (its money was taken back). A reversal also takes what had lapsed
   * (`reversedLapsed`) and what had paid for a spend, which owes it again (`reversedPaid`); a release pays that spend
   * again (`paidAgain`).
   */
  @ApiProperty({ enum: MOVEMENT_KINDS, title: 'MovementKind', example: 'paid' })
  kind: MovementKind;

  /** For `settled`, `reversedPaid` and `paidAgain`: the spend that it pays or paid. Otherwise null. */
  @ApiProperty({ type: SettledSpendDto, nullable: true, example: null })
  settles: SettledSpendDto | null;
}

/** What a payment provider told of a purchase. */
export class PaymentDto implements PaymentTexts {
  /** What the provider kept, in the platform's currency. */
  @ApiProperty({ type: 'string', nullable: true, example: '0.59' })
  fee: string | null;

  /** Tax that the customer paid beside the amount, in the platform's currency. */
  @ApiProperty({ type: 'string', nullable: true, example: '2.1' })
  tax: string | null;

  /** What the customer paid, in `originalCurrency`. */
  @ApiProperty({ type: 'string', nullable: true, example: '11.25' })
  originalAmount: string | null;

  /** ISO 4217. */
  @ApiProperty({ type: 'string', nullable: true, example: 'EUR' })
  originalCurrency: string | null;
}

/** One entry of a user's credit history, or the expiry of a lot. Fields that the type does not have are null. */
export class HistoryLineDto {
  @ApiProperty({ enum: HISTORY_ITEM_TYPES, title: 'HistoryLineType', example: 'deployment' })
  type: (typeof HISTORY_ITEM_TYPES)[number];

  /** The id of a deployment, the externalId of any other entry, or the id of the lot for an expiry. */
  @ApiProperty({ type: 'string', example: 'dep_1001' })
  id: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  occurredAt: string;

  /** The credits that were granted, bought, charged, refunded, reversed, released or lapsed. Never negative. */
  @ApiProperty({ type: 'string', example: '12.5' })
  credits: string;

  /** For a purchase: the money paid. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  amount: string | null;

  /** For an award or purchase: when its credits lapse, if they do. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  expiresAt: string | null;

  /** For a deployment: its module. */
  @ApiProperty({ type: 'string', nullable: true, example: 'mod_charts' })
  moduleId: string | null;

  /** For a spend: its purpose. */
  @ApiProperty({ enum: ['project', 'build', 'adjustment'], nullable: true, example: null })
  category: SpendCategory | null;

  /** For a deployment or spend: the credits that can pay for it. */
  @ApiProperty({ enum: ['any', 'free', 'purchased'], nullable: true, example: 'any' })
  pool: Pool | null;

  /** For a refund: the refunded deployment. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  deploymentId: string | null;

  /** For a purchaseRefund or purchaseReversal: the purchase. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  purchaseExternalId: string | null;

  /** For a reversalRelease: the released reversal. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  reversalExternalId: string | null;

  /** For a refund: the unpaid credits that it cancelled. Nothing is returned for them. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  cancelledCredits: string | null;

  /** For a refund, purchaseRefund or purchaseReversal: credits that it asked for and could not take. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  shortfallCredits: string | null;

  /** Movements into and out of lots, in order. Empty for a deployment with cost 0. */
  @ApiProperty({ type: [MovementDto] })
  movements: readonly MovementDto[];

  /** The balance right after this line. */
  @ApiProperty({ type: BalanceDto })
  balanceAfter: BalanceDto;

  /**
   * The free text of the entry, or the cause of a reversal; null if there is none, or if it was erased. For finance,
   * admin and platform only.
   */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: null })
  reason?: string | null;

  /**
   * For a purchase: what the payment provider told of it; null if nothing was told. For finance, admin and platform
   * only.
   */
  @ApiPropertyOptional({ type: PaymentDto, nullable: true, example: null })
  payment?: PaymentDto | null;
}

/** The filter and order of a history. */
export class CreditHistoryFilterDto extends TimeRangeResponseDto {
  /** As given; null for now. */
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

  /** The lines. Their balances are those of the whole history, whatever the range. */
  @ApiProperty({ type: [HistoryLineDto] })
  data: readonly HistoryLineDto[];

  @ApiProperty({ type: CreditHistoryFilterDto })
  filter: CreditHistoryFilterDto;

  /** The answer contains everything that was recorded until then. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123456Z' })
  snapshotAt: string;

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
