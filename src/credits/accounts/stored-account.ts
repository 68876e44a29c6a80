import { MoreThan, type EntityManager } from 'typeorm';
import {
  microsFromNumeric,
  parseInstant,
  restoreAccount,
  type Account,
  type EntryType,
  type Instant,
  type Lot,
  type LotPool,
  type Micros,
} from '../../domain/index.js';
import { instantFromPostgres } from '../../platform/database/index.js';
import { CreditAccountEntity } from './credit-account.entity.js';
import { CreditLotEntity } from './credit-lot.entity.js';

/** The part of a stored account that a balance needs. */
export interface StoredAccount {
  /** Contains open lots only, and no debts. */
  readonly account: Account;
  /** The sum of all debts, which no expiry changes. */
  readonly unpaidCredits: Micros;
}

/** Reads the state after a user's last entry; null if there is no such user. */
export async function readStoredAccount(
  userId: string,
  manager: EntityManager,
): Promise<StoredAccount | null> {
  const stored = await manager.getRepository(CreditAccountEntity).findOneBy({ userId });
  if (stored === null) return null;
  const openLots = await manager
    .getRepository(CreditLotEntity)
    .findBy({ userId, leftCredits: MoreThan('0') });
  const { foldedToAt, foldedToType, foldedToId } = stored;
  const foldedTo =
    foldedToAt === null
      ? null
      : {
          occurredAt: instantOf(foldedToAt),
          type: foldedToType as EntryType,
          id: foldedToId as string,
        };
  return {
    account: restoreAccount(openLots.map(lotOf), [], foldedTo),
    unpaidCredits: microsFromNumeric(stored.unpaidCredits),
  };
}

function lotOf(row: CreditLotEntity): Lot {
  return {
    pool: row.pool as LotPool,
    id: row.id,
    openedAt: instantOf(row.openedAt),
    expiresAt: row.expiresAt === null ? null : instantOf(row.expiresAt),
    acquiredCredits: microsFromNumeric(row.acquiredCredits),
    acquiredValue: microsFromNumeric(row.acquiredValue),
    leftCredits: microsFromNumeric(row.leftCredits),
    leftValue: microsFromNumeric(row.leftValue),
    paidCredits: microsFromNumeric(row.paidCredits),
    paidValue: microsFromNumeric(row.paidValue),
    lapsedCredits: microsFromNumeric(row.lapsedCredits),
    lapsedValue: microsFromNumeric(row.lapsedValue),
    refundedCredits: microsFromNumeric(row.refundedCredits),
    refundedValue: microsFromNumeric(row.refundedValue),
    reversedCredits: microsFromNumeric(row.reversedCredits),
    reversedValue: microsFromNumeric(row.reversedValue),
    takings: row.takings,
  };
}

/** Reads the text of a timestamptz. */
export function instantOf(text: string): Instant {
  const instant = parseInstant(instantFromPostgres(text));
  if (instant === null) throw new RangeError(`"${text}" is not an instant of the years 1 to 9999.`);
  return instant;
}
