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

/** A balance as answers show it. */
export function balanceDto({ freeCredits, purchasedCredits, unpaidCredits }: Balance): BalanceDto {
  return {
    free: formatDecimal(freeCredits),
    purchased: formatDecimal(purchasedCredits),
    total: formatDecimal(freeCredits + purchasedCredits),
    unpaid: formatDecimal(unpaidCredits),
  };
}

/** What a lot paid, as it was taken: later refunds are lines of their own. */
export function allocationDto({ lot, takenCredits, takenValue }: Allocation): AllocationDto {
  return lotPartDto(lot, takenCredits, takenValue);
}

/** Some of a lot's credits, with their value. */
export function lotPartDto(lot: Lot, credits: Micros, value: Micros): AllocationDto {
  return { pool: lot.pool, lotId: lot.id, credits: formatDecimal(credits), value: formatDecimal(value) };
}

/** A lot with what is left of it. */
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
