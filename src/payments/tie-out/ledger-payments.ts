import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LedgerReader } from '../../credits/index.js';
import {
  creditsTaken,
  formatInstant,
  traceEntries,
  type Entry,
  type Instant,
  type Micros,
  type Posting,
  type Purchase,
} from '../../domain/index.js';
import { currencyPlaces } from '../../variables/index.js';
import type { LedgerMoney } from './money-item.js';
import type { Month } from './provider-file.js';

/** Users whose histories are in memory at a time. */
const USERS_PER_BATCH = 200;

/** Users with payments in the month, or with payments that the file names. */
const USERS = `
  SELECT DISTINCT user_id AS "userId" FROM credit_entries
  WHERE type IN ('purchase', 'purchaseRefund', 'purchaseReversal', 'reversalRelease')
    AND (occurred_at >= $1 AND occurred_at < $2 OR id = ANY ($3))
  ORDER BY user_id
`;

/** Reads payments and their returns from the ledger. What a return took is known only from the fold. */
@Injectable()
export class LedgerPayments {
  constructor(private readonly ledger: LedgerReader) {}

  /** Returns the payments of a month, and those that the file names. */
  async of(month: Month, ids: ReadonlySet<string>, manager: EntityManager): Promise<LedgerMoney[]> {
    const bounds = [formatInstant(month.from), formatInstant(month.to), [...ids]];
    const users = await manager.query<{ userId: string }[]>(USERS, bounds);
    const payments: LedgerMoney[] = [];
    for (let from = 0; from < users.length; from += USERS_PER_BATCH) {
      const batch = users.slice(from, from + USERS_PER_BATCH).map(({ userId }) => userId);
      for (const { entries } of await this.ledger.historiesOf(batch, manager)) {
        payments.push(...paymentsOf(entries, month.currency));
      }
    }
    const isWanted = ({ occurredAt, id, purchaseId }: LedgerMoney): boolean =>
      isWithin(month, occurredAt) || ids.has(id) || ids.has(purchaseId);
    return payments.filter(isWanted);
  }
}

export function isWithin({ from, to }: Pick<Month, 'from' | 'to'>, at: Instant): boolean {
  return at >= from && at < to;
}

function paymentsOf(entries: readonly Entry[], currency: string): LedgerMoney[] {
  const purchases = new Map(
    entries.filter((entry) => entry.type === 'purchase').map((entry) => [entry.id, entry]),
  );
  const reversed = new Map(
    entries
      .filter((entry) => entry.type === 'purchaseReversal')
      .map(({ id, purchaseId }) => [id, purchaseId]),
  );
  return traceEntries(entries).postings.flatMap((posting) => {
    const { entry } = posting;
    const purchaseId = purchaseOf(entry, reversed);
    const purchase = purchaseId === null ? undefined : purchases.get(purchaseId);
    return purchase === undefined ? [] : [moneyOf(posting, purchase, currency)];
  });
}

function purchaseOf(entry: Entry, reversed: ReadonlyMap<string, string>): string | null {
  switch (entry.type) {
    case 'purchase':
      return entry.id;
    case 'purchaseRefund':
    case 'purchaseReversal':
      return entry.purchaseId;
    case 'reversalRelease':
      return reversed.get(entry.reversalId) ?? null;
    case 'award':
    case 'deployment':
    case 'refund':
    case 'spend':
      return null;
  }
}

/** The amount of the payment in the currency in which it was paid, or the part that the entry moved. */
function moneyOf(posting: Posting, purchase: Purchase, platformCurrency: string): LedgerMoney {
  const { type, id, occurredAt } = posting.entry as Entry & { readonly type: LedgerMoney['type'] };
  const { fee = null, tax, originalAmount, originalCurrency } = purchase.payment ?? {};
  const currency = originalCurrency ?? platformCurrency;
  const paid = originalAmount ?? purchase.amount + (tax ?? 0n);
  const money = { type, id, purchaseId: purchase.id, occurredAt, currency };
  if (type === 'purchase') return { ...money, amount: paid, fee };
  const part = rounded(paid * movedCredits(posting), purchase.credits, currency);
  return { ...money, amount: type === 'reversalRelease' ? part : -part, fee: null };
}

function movedCredits({ withdrawal, reversal, release }: Posting): Micros {
  if (withdrawal !== null) return withdrawal.credits;
  if (reversal !== null) return creditsTaken(reversal);
  const again = release?.payments.map(({ allocation }) => allocation.takenCredits) ?? [];
  return again.reduce((sum, credits) => sum + credits, release?.returned.credits ?? 0n);
}

/** To the smallest unit of the currency, because credits of a part of a payment are cut to six places. */
function rounded(numerator: bigint, denominator: bigint, currency: string): Micros {
  const unit = 10n ** BigInt(6 - currencyPlaces(currency));
  return ((2n * numerator + denominator * unit) / (2n * denominator * unit)) * unit;
}
