import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import {
  IsDecimalString,
  IsInstantString,
  IsPlatformId,
  IsText,
} from '../../../platform/validation/index.js';
import type { Payment } from '../../payments/payments.service.js';
import type { Payout, Payouts } from '../../payments/payouts.service.js';
import { FileRequestDto } from './statement-line.dto.js';
import { IsMonth } from './month.decorator.js';
import { StatementDto } from './statement.dto.js';

/** The limit of free texts. */
const TEXT_MAX_CHARACTERS = 1_000;

/** A payment of the statement in the path; with `reverses`, a reversal. */
@ApiSchema({ name: 'CreateStatementPayment' })
export class PaymentRequestDto {
  /** The platform's own id of the payment; generated if absent. A repeated request pays nothing again. */
  @IsOptional()
  @IsPlatformId({ example: 'transfer_2026_02_acme' })
  @ApiPropertyOptional()
  externalId?: string;

  /** Above 0, with at most `currencyMinorUnit` places. All that is open if absent. Not for a reversal. */
  @IsOptional()
  @IsDecimalString({ positive: true, example: '1' })
  @ApiPropertyOptional()
  amount?: string;

  /** The payment of this statement that is taken back, in full. A payment is reversed once. */
  @IsOptional()
  @IsPlatformId({ example: 'transfer_2026_01_acme' })
  @ApiPropertyOptional()
  reverses?: string;

  /** When it was paid or taken back; not in the future. */
  @IsInstantString({ example: '2026-02-05T10:00:00Z' })
  paidAt: string;

  /** A free text. It is erased when the partner is anonymised. Not for a reversal. */
  @IsOptional()
  @IsText({ maxCharacters: TEXT_MAX_CHARACTERS, multiline: true, example: 'bank transfer of February' })
  @ApiPropertyOptional()
  reference?: string;
}

/** A payment of a statement, or a reversal of one. */
@ApiSchema({ name: 'StatementPayment' })
export class PaymentDto implements Payment {
  @ApiProperty({ type: 'string', example: 'transfer_2026_02_acme' })
  externalId: string;

  @ApiProperty({ type: 'string', example: 'acme.2026-01' })
  statementId: string;

  @ApiProperty({ type: 'string', example: '1' })
  amount: string;

  /** The payment that this one takes back; null for a payment. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  reverses: string | null;

  /** The reversal that took this payment back; null if there is none. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  reversedBy: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-02-05T10:00:00Z' })
  paidAt: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-02-05T10:00:01.123456Z' })
  recordedAt: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'bank transfer of February' })
  reference: string | null;
}

/** A recorded payment, with the statement after it. */
@ApiSchema({ name: 'RecordedStatementPayment' })
export class RecordedPaymentDto {
  @ApiProperty({ type: PaymentDto })
  payment: PaymentDto;

  @ApiProperty({ type: StatementDto })
  statement: StatementDto;
}

/** The payments and reversals of a statement, the oldest first. */
@ApiSchema({ name: 'StatementPaymentList' })
export class PaymentListDto {
  @ApiProperty({ type: [PaymentDto] })
  data: PaymentDto[];
}

/** Of which month. */
export class PayoutListRequestDto extends FileRequestDto {
  /** A closed month. */
  @IsMonth()
  month: string;
}

/** Sums over all partners. */
@ApiSchema({ name: 'PayoutTotals' })
export class PayoutTotalsDto {
  /** Number of revenue lines. */
  @ApiProperty({ type: 'integer', example: 7 })
  deployments: number;

  @ApiProperty({ type: 'string', example: '70' })
  purchasedCredits: string;

  @ApiProperty({ type: 'string', example: '7' })
  grossRevenue: string;

  @ApiProperty({ type: 'string', example: '2.104' })
  revenue: string;

  @ApiProperty({ type: 'string', example: '-0.2' })
  adjustments: string;

  @ApiProperty({ type: 'string', example: '0.004' })
  opening: string;

  @ApiProperty({ type: 'string', example: '1.908' })
  due: string;

  @ApiProperty({ type: 'string', example: '1.91' })
  payable: string;

  @ApiProperty({ type: 'string', example: '1' })
  paid: string;

  @ApiProperty({ type: 'string', example: '0.91' })
  open: string;

  /** All that is open on all statements of the partner, and what the last one carried. */
  @ApiProperty({ type: 'string', example: '0.908' })
  netOpen: string;
}

/** What to pay a partner for a month. */
@ApiSchema({ name: 'Payout' })
export class PayoutDto extends PayoutTotalsDto implements Payout {
  @ApiProperty({ type: 'string', example: 'acme.2026-01' })
  statementId: string;

  @ApiProperty({ type: 'string', example: 'acme' })
  partnerId: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'hello@acme.example' })
  email: string | null;
}

/** What to pay all partners for a month. */
@ApiSchema({ name: 'PayoutList' })
export class PayoutListDto implements Payouts {
  @ApiProperty({ type: 'string', example: '2026-01' })
  month: string;

  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  @ApiProperty({ type: 'integer', example: 2 })
  currencyMinorUnit: number;

  /** By partner. */
  @ApiProperty({ type: [PayoutDto] })
  data: PayoutDto[];

  @ApiProperty({ type: PayoutTotalsDto })
  totals: PayoutTotalsDto;
}
