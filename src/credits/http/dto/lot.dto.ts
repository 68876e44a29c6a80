import { ApiProperty } from '@nestjs/swagger';
import {
  type Allocation,
  type Balance,
  formatDecimal,
  formatInstant,
  type Lot,
  type LotPool,
  type Micros,
  unitPrice,
} from '../../../domain/index.js';

/** The pools of lots. */
const LOT_POOLS = ['free', 'purchased'] as const satisfies readonly LotPool[];

/** Credits of one lot, with their value. */
export class AllocationDto {
  @ApiProperty({ enum: LOT_POOLS, title: 'Pool', example: 'purchased' })
  pool: LotPool;

  /** externalId of the award (free) or purchase (purchased) that opened the lot. */
  @ApiProperty({ type: 'string', example: 'buy_17' })
  lotId: string;

  /** Above 0. */
  @ApiProperty({ type: 'string', example: '8.5' })
  credits: string;

  /** The money paid for these credits; 0 for free ones. */
  @ApiProperty({ type: 'string', example: '0.85' })
  value: string;
}

/** An open lot: the rest of the credits of one award or purchase. */
export class LotDto {
  @ApiProperty({ enum: LOT_POOLS, example: 'purchased' })
  pool: LotPool;

  /** externalId of the award (free) or purchase (purchased). */
  @ApiProperty({ type: 'string', example: 'buy_17' })
  lotId: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-04-20T12:00:00Z' })
  acquiredAt: string;

  /** The first instant at which the lot can no longer pay; null if it never lapses. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  expiresAt: string | null;

  /** All credits of the award or purchase. */
  @ApiProperty({ type: 'string', example: '100' })
  acquiredCredits: string;

  /** The money paid for all of them; 0 for an award. */
  @ApiProperty({ type: 'string', example: '10' })
  amount: string;

  /** Credits that are left, above 0. */
  @ApiProperty({ type: 'string', example: '20' })
  leftCredits: string;

  /** The value of the credits that are left. */
  @ApiProperty({ type: 'string', example: '2' })
  leftValue: string;

  /** amount / acquiredCredits, cut to 12 places. For display only; the service never computes with it. */
  @ApiProperty({ type: 'string', example: '0.1' })
  unitPrice: string;
}

/** Credits that a user can spend, and owes, as decimals. */
export class BalanceDto {
  /** Credits left from awards. */
  @ApiProperty({ type: 'string', example: '4' })
  free: string;

  /** Credits left from purchases. */
  @ApiProperty({ type: 'string', example: '20' })
  purchased: string;

  /** free + purchased. */
  @ApiProperty({ type: 'string', example: '24' })
  total: string;

  /** Credits that the user owes; they are not subtracted from the total. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaid: string;
}

/** Converts a balance for answers. */
export function balanceDto({ freeCredits, purchasedCredits, unpaidCredits }: Balance): BalanceDto {
  return {
    free: formatDecimal(freeCredits),
    purchased: formatDecimal(purchasedCredits),
    total: formatDecimal(freeCredits + purchasedCredits),
    unpaid: formatDecimal(unpaidCredits),
  };
}

/** Converts an allocation, as it was before refunds, because a history has separate lines for refunds. */
export function allocationDto({ lot, takenCredits, takenValue }: Allocation): AllocationDto {
  return lotPartDto(lot, takenCredits, takenValue);
}

/** Converts a part of a lot's credits, with its value. */
export function lotPartDto(lot: Lot, credits: Micros, value: Micros): AllocationDto {
  return { pool: lot.pool, lotId: lot.id, credits: formatDecimal(credits), value: formatDecimal(value) };
}

/** Converts a lot. */
export function lotDto(lot: Lot): LotDto {
  return {
    pool: lot.pool,
    lotId: lot.id,
    acquiredAt: formatInstant(lot.openedAt),
    expiresAt: lot.expiresAt === null ? null : formatInstant(lot.expiresAt),
    acquiredCredits: formatDecimal(lot.acquiredCredits),
    amount: formatDecimal(lot.acquiredValue),
    leftCredits: formatDecimal(lot.leftCredits),
    leftValue: formatDecimal(lot.leftValue),
    unitPrice: unitPrice(lot.acquiredValue, lot.acquiredCredits),
  };
}
