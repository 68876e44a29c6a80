import {
  formatDecimal,
  formatInstant,
  unitPrice,
  type Balance,
  type Lot,
  type Micros,
  type Allocation,
} from '../../domain/index.js';
import type { BalanceDto, LotDto, AllocationDto } from './dto/lot.dto.js';

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
