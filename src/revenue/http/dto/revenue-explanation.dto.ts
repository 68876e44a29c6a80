import { ApiProperty } from '@nestjs/swagger';
import { BalanceDto } from '../../../credits/index.js';
import type {
  FullExplanation,
  FullAllocation,
  FullRefund,
  FullReversal,
  FullSettlement,
  MonthlyMovement,
  PartnerExplanation,
} from '../../explanation/explanation.js';
import { ShareStepDto } from '../../../variables/index.js';
import { RevenueRowDto } from './revenue-report.dto.js';

const POOLS = ['free', 'purchased'] as const;
type Pool = (typeof POOLS)[number];

/** The report's row, and how its revenue is computed. */
class ExplainedRowDto extends RevenueRowDto {
  /** In percent: the share in force at `snapshotAt`. `partnerRevenueShare` is that of createdAt. */
  @ApiProperty({ type: 'string', example: '25' })
  partnerRevenueShareNow: string;

  /** The shares of all time. */
  @ApiProperty({ type: [ShareStepDto] })
  shares: readonly ShareStepDto[];

  /** The shares of all time in English, with days of the variable `timeZone`. */
  @ApiProperty({ type: 'string', example: '30 % until 1 March 2026, 25 % from then' })
  sharesInWords: string;

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  /** How revenue is computed from grossRevenue and the share, with the figures of this row. */
  @ApiProperty({
    type: 'string',
    example: 'revenue = grossRevenue * partnerRevenueShare / 100 = 0.85 * 30 / 100 = 0.255',
  })
  formula: string;

  /** The response contains everything that was recorded until this instant. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123Z' })
  snapshotAt: string;
}

/** An allocation from one lot, as a partner sees it. */
export class PartnerAllocationDto {
  @ApiProperty({ enum: POOLS, example: 'purchased' })
  pool: Pool;

  /** What the allocation pays after refunds and reversals. The sums per pool are the row's credits. */
  @ApiProperty({ type: 'string', example: '8.5' })
  credits: string;

  /** Money that was paid for these credits; the sum over all allocations is grossRevenue. 0 for free credits. */
  @ApiProperty({ type: 'string', example: '0.85' })
  value: string;

  /** Price of one credit of the lot, cut to 12 places. For display only: no figure is computed from it. */
  @ApiProperty({ type: 'string', example: '0.1' })
  unitPrice: string;

  /** `YYYY-MM` in the variable `timeZone`; null for free credits, which were not bought. */
  @ApiProperty({ type: 'string', nullable: true, example: '2026-04' })
  purchaseMonth: string | null;
}

/** Credits and value that moved in one month. */
export class MonthlyMovementDto implements MonthlyMovement {
  /** `YYYY-MM` in the variable `timeZone`. */
  @ApiProperty({ type: 'string', example: '2026-05' })
  month: string;

  @ApiProperty({ type: 'string', example: '2' })
  credits: string;

  @ApiProperty({ type: 'string', example: '0.2' })
  value: string;
}

/** Explanation of a row for the module's partner. It does not reveal the customer. */
export class PartnerExplanationDto extends ExplainedRowDto implements PartnerExplanation {
  /** In the order in which they paid. */
  @ApiProperty({ type: [PartnerAllocationDto] })
  pieces: readonly PartnerAllocationDto[];

  /** What refunds returned, by month; grossRevenue no longer contains this value. */
  @ApiProperty({ type: [MonthlyMovementDto], example: [] })
  refunds: readonly MonthlyMovementDto[];

  /** Payments taken back, by month: the customer's money went back, so grossRevenue no longer contains this value. */
  @ApiProperty({ type: [MonthlyMovementDto], example: [] })
  reversals: readonly MonthlyMovementDto[];

  /** What was paid after the deployment, when the user received credits; `pieces` contain it. */
  @ApiProperty({ type: [MonthlyMovementDto], example: [] })
  settlements: readonly MonthlyMovementDto[];
}

/** An allocation from one lot, with details of the lot. */
export class FullAllocationDto implements FullAllocation {
  @ApiProperty({ enum: POOLS, example: 'purchased' })
  pool: Pool;

  /** What the allocation pays after refunds and reversals. The sums per pool are the row's credits. */
  @ApiProperty({ type: 'string', example: '8.5' })
  credits: string;

  /** Money that was paid for these credits; the sum over all allocations is grossRevenue. */
  @ApiProperty({ type: 'string', example: '0.85' })
  value: string;

  /** What the allocation paid at first, before refunds and reversals. */
  @ApiProperty({ type: 'string', example: '8.5' })
  takenCredits: string;

  @ApiProperty({ type: 'string', example: '0.85' })
  takenValue: string;

  /** When the allocation paid: at the deployment, or when later credits settled the debt. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  paidAt: string;

  /** externalId of the award (free) or purchase (purchased). */
  @ApiProperty({ type: 'string', example: 'buy_17' })
  lotId: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-04-20T12:00:00Z' })
  acquiredAt: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  expiresAt: string | null;

  /** Credits of the whole lot. */
  @ApiProperty({ type: 'string', example: '100' })
  acquiredCredits: string;

  /** Money paid for the whole lot; 0 for an award. */
  @ApiProperty({ type: 'string', example: '10' })
  amount: string;

  /** amount / acquiredCredits, cut to 12 places. For display only: no figure is computed from it. */
  @ApiProperty({ type: 'string', example: '0.1' })
  unitPrice: string;
}

/** Credits that a refund returned to a lot. */
export class ReturnDto {
  @ApiProperty({ type: 'string', example: 'buy_17' })
  lotId: string;

  @ApiProperty({ enum: POOLS, example: 'purchased' })
  pool: Pool;

  @ApiProperty({ type: 'string', example: '2' })
  credits: string;

  @ApiProperty({ type: 'string', example: '0.2' })
  value: string;

  /** `true` if the lot had expired before the refund, so that the credits lapsed at once. */
  @ApiProperty({ type: 'boolean', example: false })
  lapsed: boolean;
}

/** A refund of the deployment. */
export class FullRefundDto implements FullRefund {
  @ApiProperty({ type: 'string', example: 'refund_3' })
  externalId: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-03T10:00:00Z' })
  occurredAt: string;

  @ApiProperty({ type: 'string', example: '2' })
  credits: string;

  @ApiProperty({ type: 'string', example: '0.2' })
  value: string;

  /** The part of the credits that was never paid. */
  @ApiProperty({ type: 'string', example: '0' })
  cancelledCredits: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'did not start' })
  reason: string | null;

  /** In the order of the refund: the last allocation first. */
  @ApiProperty({ type: [ReturnDto] })
  returns: readonly ReturnDto[];
}

/** Credits of one taking whose payment was taken back. */
export class ReversedTakingDto {
  @ApiProperty({ type: 'string', example: 'buy_17' })
  lotId: string;

  @ApiProperty({ type: 'string', example: '8.5' })
  credits: string;

  @ApiProperty({ type: 'string', example: '0.85' })
  value: string;
}

/** A payment that was taken back: the deployment owes these credits again, until others pay them. */
export class FullReversalDto implements FullReversal {
  @ApiProperty({ type: 'string', example: 'dispute_9' })
  externalId: string;

  /** The purchase whose money was taken back. */
  @ApiProperty({ type: 'string', example: 'buy_17' })
  purchaseExternalId: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-20T10:00:00Z' })
  occurredAt: string;

  /** `chargeback`, `paymentFailed`, `fraud` or `other`; null if it was not told. */
  @ApiProperty({ type: 'string', nullable: true, example: 'chargeback' })
  reason: string | null;

  @ApiProperty({ type: 'string', example: '8.5' })
  credits: string;

  @ApiProperty({ type: 'string', example: '0.85' })
  value: string;

  /** Of this deployment, the newest taking first. */
  @ApiProperty({ type: [ReversedTakingDto] })
  takings: readonly ReversedTakingDto[];
}

/** Credits that were added after the deployment and paid a part of its debt. */
export class FullSettlementDto implements FullSettlement {
  /** Type of the entry that added the credits: `award`, `purchase`, `refund`, `purchaseReversal` or `reversalRelease`. */
  @ApiProperty({ type: 'string', example: 'purchase' })
  entryType: string;

  @ApiProperty({ type: 'string', example: 'buy_18' })
  entryId: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-02T08:00:00Z' })
  occurredAt: string;

  @ApiProperty({ type: 'string', example: '3' })
  credits: string;

  @ApiProperty({ type: 'string', example: '0.3' })
  value: string;
}

/** Explanation of a row for finance and admin. */
export class FullExplanationDto extends ExplainedRowDto implements FullExplanation {
  /** In the order in which they paid. */
  @ApiProperty({ type: [FullAllocationDto] })
  pieces: readonly FullAllocationDto[];

  /** The customer's balance immediately before the deployment. */
  @ApiProperty({ type: BalanceDto })
  balanceBefore: BalanceDto;

  /** The customer's balance immediately after the deployment. */
  @ApiProperty({
    type: BalanceDto,
    example: { free: '0', purchased: '11.5', total: '11.5', unpaid: '0' },
  })
  balanceAfter: BalanceDto;

  @ApiProperty({ type: [FullRefundDto], example: [] })
  refunds: readonly FullRefundDto[];

  @ApiProperty({ type: [FullReversalDto], example: [] })
  reversals: readonly FullReversalDto[];

  @ApiProperty({ type: [FullSettlementDto], example: [] })
  settlements: readonly FullSettlementDto[];
}
