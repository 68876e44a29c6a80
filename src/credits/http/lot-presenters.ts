import {
  formatDecimal,
  formatInstant,
  unitPrice,
  type Balance,
  type Lot,
  type Micros,
  type Piece,
} from '../../domain/index.js';
import type { BalanceDto } from './dto/balance.response.dto.js';
import type { LotDto } from './dto/lot.response.dto.js';
import type { PieceDto } from './dto/piece.response.dto.js';

/** A balance as answers show it. */
export function shownBalance({ freeCredits, purchasedCredits, unpaidCredits }: Balance): BalanceDto {
  return {
    free: formatDecimal(freeCredits),
    purchased: formatDecimal(purchasedCredits),
    total: formatDecimal(freeCredits + purchasedCredits),
    unpaid: formatDecimal(unpaidCredits),
  };
}

/** What a lot paid, as it was taken: later refunds are lines of their own. */
export function shownPiece({ lot, takenCredits, takenValue }: Piece): PieceDto {
  return shownPart(lot, takenCredits, takenValue);
}

/** Some of a lot's credits, with their value. */
export function shownPart(lot: Lot, credits: Micros, value: Micros): PieceDto {
  return { pool: lot.pool, lotId: lot.id, credits: formatDecimal(credits), value: formatDecimal(value) };
}

/** A lot with what is left of it. */
export function shownLot(lot: Lot): LotDto {
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
