import { ApiProperty } from '@nestjs/swagger';
import { BalanceDto } from '../../../credits/index.js';
import type {
  FullExplanation,
  FullAllocation,
  FullRefund,
  FullSettlement,
  MonthlyMovement,
  PartnerExplanation,
} from '../../explanation/explanation.js';
import { RevenueRowDto } from './revenue-report.dto.js';

const POOLS = ['free', 'purchased'] as const;
type Pool = (typeof POOLS)[number];

/** The report's row, and how its revenue came about. */
class ExplainedRowDto extends RevenueRowDto {
  /** Percent: the one share in force now. */
  @ApiProperty({ type: 'string', example: '30' })
  partnerRevenueShare: string;

  /** ISO 4217. */
  @ApiProperty({ type: 'string', example: 'USD' })
  currency: string;

  /** How revenue follows from grossRevenue and the share, with the row's own figures. */
  @ApiProperty({
    type: 'string',
    example: 'revenue = grossRevenue * partnerRevenueShare / 100 = 0.85 * 30 / 100 = 0.255',
  })
  formula: string;

  /** Everything recorded by then is in the answer. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123Z' })
  snapshotAt: string;
}

/** One taking from one lot, as a partner sees it. */
export class PartnerAllocationDto {
  @ApiProperty({ enum: POOLS, example: 'purchased' })
  pool: Pool;

  /** What the allocation pays, after refunds: the allocations of a pool add up to the row's credits. */
  @ApiProperty({ type: 'string', example: '8.5' })
  credits: string;

  /** Money that was paid for these credits: the allocations add up to grossRevenue. 0 for free credits. */
  @ApiProperty({ type: 'string', example: '0.85' })
  value: string;

  /** What one credit of the lot cost, cut to 12 places; for display, nothing is computed from it. */
  @ApiProperty({ type: 'string', example: '0.1' })
  unitPrice: string;

  /** `YYYY-MM` in the variable `timeZone`; null for free credits, which nobody bought. */
  @ApiProperty({ type: 'string', nullable: true, example: '2026-04' })
  purchaseMonth: string | null;
}

/** Credits and value that moved in a month. */
export class MonthlyMovementDto implements MonthlyMovement {
  /** `YYYY-MM` in the variable `timeZone`. */
  @ApiProperty({ type: 'string', example: '2026-05' })
  month: string;

  @ApiProperty({ type: 'string', example: '2' })
  credits: string;

  @ApiProperty({ type: 'string', example: '0.2' })
  value: string;
}

/** Why a row is what it is, for the module's partner: nothing tells who the customer is. */
export class PartnerExplanationDto extends ExplainedRowDto implements PartnerExplanation {
  /** In the order in which they paid. */
  @ApiProperty({ type: [PartnerAllocationDto] })
  pieces: readonly PartnerAllocationDto[];

  /** What was given back, by refund; the value is no longer in grossRevenue. */
  @ApiProperty({ type: [MonthlyMovementDto], example: [] })
  refunds: readonly MonthlyMovementDto[];

  /** What was paid after the deployment, when credits came in; it is among the `pieces`. */
  @ApiProperty({ type: [MonthlyMovementDto], example: [] })
  settlements: readonly MonthlyMovementDto[];
}

/** One taking from one lot, with the lot. */
export class FullAllocationDto implements FullAllocation {
  @ApiProperty({ enum: POOLS, example: 'purchased' })
  pool: Pool;

  /** What the allocation pays, after refunds: the allocations of a pool add up to the row's credits. */
  @ApiProperty({ type: 'string', example: '8.5' })
  credits: string;

  /** Money that was paid for these credits: the allocations add up to grossRevenue. */
  @ApiProperty({ type: 'string', example: '0.85' })
  value: string;

  /** What it paid at first, before refunds. */
  @ApiProperty({ type: 'string', example: '8.5' })
  takenCredits: string;

  @ApiProperty({ type: 'string', example: '0.85' })
  takenValue: string;

  /** When it paid: at the deployment, or when later credits settled it. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  paidAt: string;

  /** externalId of the award (free) or purchase (purchased). */
  @ApiProperty({ type: 'string', example: 'buy_17' })
  lotId: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-04-20T12:00:00Z' })
  acquiredAt: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  expiresAt: string | null;

  /** Of the whole lot. */
  @ApiProperty({ type: 'string', example: '100' })
  acquiredCredits: string;

  /** Paid for the whole lot; 0 for an award. */
  @ApiProperty({ type: 'string', example: '10' })
  amount: string;

  /** amount / acquiredCredits, cut to 12 places; for display, nothing is computed from it. */
  @ApiProperty({ type: 'string', example: '0.1' })
  unitPrice: string;
}

/** Credits that a refund brought back to a lot. */
export class ReturnDto {
  @ApiProperty({ type: 'string', example: 'buy_17' })
  lotId: string;

  @ApiProperty({ enum: POOLS, example: 'purchased' })
  pool: Pool;

  @ApiProperty({ type: 'string', example: '2' })
  credits: string;

  @ApiProperty({ type: 'string', example: '0.2' })
  value: string;

  /** The lot had expired by then, so they lapsed at once. */
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

  /** The part of the credits that had never been paid. */
  @ApiProperty({ type: 'string', example: '0' })
  cancelledCredits: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'did not start' })
  reason: string | null;

  /** In the order in which they were taken back: the last allocation first. */
  @ApiProperty({ type: [ReturnDto] })
  returns: readonly ReturnDto[];
}

/** Credits that came in after the deployment and settled a part of what it owed. */
export class FullSettlementDto implements FullSettlement {
  /** What brought them: `award`, `purchase`, or `refund`. */
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

/** Why a row is what it is, for finance and admin. */
export class FullExplanationDto extends ExplainedRowDto implements FullExplanation {
  /** In the order in which they paid. */
  @ApiProperty({ type: [FullAllocationDto] })
  pieces: readonly FullAllocationDto[];

  /** The customer's balance right before the deployment. */
  @ApiProperty({ type: BalanceDto })
  balanceBefore: BalanceDto;

  /** And right after it. */
  @ApiProperty({
    type: BalanceDto,
    example: { free: '0', purchased: '11.5', total: '11.5', unpaid: '0' },
  })
  balanceAfter: BalanceDto;

  @ApiProperty({ type: [FullRefundDto], example: [] })
  refunds: readonly FullRefundDto[];

  @ApiProperty({ type: [FullSettlementDto], example: [] })
  settlements: readonly FullSettlementDto[];
}
