import {
  applyEntry,
  emptyAccount,
  formatDecimal,
  formatInstant,
  frozenCreditCost,
  frozenPool,
  lotKey,
  spendKey,
  type Account,
  type Entry,
  type Instant,
  type Micros,
  type Pool,
  type ReversalCause,
  type SpendCategory,
} from '../../domain/index.js';
import type { DemoModule } from './catalogue.js';
import { SECOND } from './timeline.js';

/** One line of an import, ready for JSON. */
export type ImportRecord = Readonly<Record<string, string | boolean | null | undefined | readonly string[]>>;

/** A line, and when the platform recorded it: for most lines at once, for late ones days later. */
interface ToldRecord {
  readonly toldAt: Instant;
  readonly record: ImportRecord;
}

/**
 * Writes the events of the demo platform as import lines, and computes each user's credits with the ledger's own fold.
 * The journal therefore contains no line that the rules refuse.
 */
export class Journal {
  private readonly accounts = new Map<string, Account>();
  private readonly told: ToldRecord[] = [];
  private readonly counts = new Map<string, number>();

  /** @param delayOf how long after it happened the next entry is recorded */
  constructor(private readonly delayOf: () => Instant) {}

  /** The lines in the order in which they were recorded. */
  records(): ImportRecord[] {
    return this.told
      .toSorted((left, right) => (left.toldAt < right.toldAt ? -1 : left.toldAt > right.toldAt ? 1 : 0))
      .map(({ record }) => record);
  }

  award(userId: string, at: Instant, credits: Micros, terms: { expiresAt?: Instant; reason: string }): void {
    const id = this.nextId('award');
    const occurredAt = this.free(userId, at);
    const { reason, expiresAt = null } = terms;
    this.write(
      userId,
      { type: 'award', id, occurredAt, credits, expiresAt },
      {
        externalId: id,
        userId,
        credits: formatDecimal(credits),
        occurredAt: formatInstant(occurredAt),
        expiresAt: expiresAt === null ? undefined : formatInstant(expiresAt),
        reason,
      },
    );
  }

  /** @returns the id of the purchase */
  purchase(
    userId: string,
    at: Instant,
    bought: { credits: Micros; amount: Micros | null; expiresAt: Instant | null },
  ): string {
    const id = this.nextId('order');
    const occurredAt = this.free(userId, at);
    const { credits, amount, expiresAt } = bought;
    // No decision on the demo platform depends on the money in a lot, so any amount is good enough for a frozen one.
    this.write(
      userId,
      { type: 'purchase', id, occurredAt, credits, amount: amount ?? 0n, expiresAt },
      {
        externalId: id,
        userId,
        credits: formatDecimal(credits),
        amount: amount === null ? undefined : formatDecimal(amount),
        occurredAt: formatInstant(occurredAt),
        expiresAt: expiresAt === null ? undefined : formatInstant(expiresAt),
      },
    );
    return id;
  }

  /**
   * @param stated the cost; null: the module's current cost, which the ledger freezes
   * @returns the id of the deployment
   */
  deployment(userId: string, at: Instant, module: DemoModule, stated: Micros | null): string {
    const id = this.nextId('dep');
    const occurredAt = this.free(userId, at);
    const credits = frozenCreditCost(stated, module, userId);
    this.write(
      userId,
      { type: 'deployment', id, occurredAt, credits, pool: frozenPool(module), moduleId: module.id },
      {
        id,
        userId,
        moduleId: module.id,
        creditCost: stated === null ? undefined : formatDecimal(stated),
        createdAt: formatInstant(occurredAt),
      },
    );
    return id;
  }

  spend(userId: string, at: Instant, credits: Micros, category: SpendCategory, pool: Pool = 'any'): void {
    const id = this.nextId('spend');
    const occurredAt = this.free(userId, at);
    this.write(
      userId,
      { type: 'spend', id, occurredAt, credits, category, pool },
      {
        externalId: id,
        userId,
        credits: formatDecimal(credits),
        category,
        pool: pool === 'any' ? undefined : pool,
        occurredAt: formatInstant(occurredAt),
      },
    );
  }

  /** @param credits null: all that is left */
  refund(userId: string, at: Instant, deploymentId: string, credits: Micros | null, reason?: string): void {
    const id = this.nextId('refund');
    const occurredAt = this.free(userId, at);
    this.write(
      userId,
      { type: 'refund', id, occurredAt, deploymentId, credits },
      {
        externalId: id,
        deploymentId,
        credits: credits === null ? undefined : formatDecimal(credits),
        occurredAt: formatInstant(occurredAt),
        reason,
      },
    );
  }

  /** @param credits null: all that remain */
  purchaseRefund(userId: string, at: Instant, purchaseId: string, credits: Micros | null): void {
    const id = this.nextId('return');
    const occurredAt = this.free(userId, at);
    this.write(
      userId,
      { type: 'purchaseRefund', id, occurredAt, purchaseId, credits },
      {
        externalId: id,
        purchaseExternalId: purchaseId,
        credits: credits === null ? undefined : formatDecimal(credits),
        occurredAt: formatInstant(occurredAt),
      },
    );
  }

  /** The money of a purchase, as far as it is left, was taken back. @returns the id of the reversal */
  purchaseReversal(userId: string, at: Instant, purchaseId: string, cause: ReversalCause): string {
    const id = this.nextId('dispute');
    const occurredAt = this.free(userId, at);
    this.write(
      userId,
      { type: 'purchaseReversal', id, occurredAt, purchaseId, credits: null, cause },
      {
        externalId: id,
        purchaseExternalId: purchaseId,
        occurredAt: formatInstant(occurredAt),
        reason: cause,
      },
    );
    return id;
  }

  reversalRelease(userId: string, at: Instant, reversalId: string): void {
    const id = this.nextId('won');
    const occurredAt = this.free(userId, at);
    this.write(
      userId,
      { type: 'reversalRelease', id, occurredAt, reversalId },
      { externalId: id, reversalExternalId: reversalId, occurredAt: formatInstant(occurredAt) },
    );
  }

  /** The purchases of which something is left to reverse, in the order of the ids. */
  reversible(): { userId: string; purchaseId: string }[] {
    return [...this.accounts]
      .flatMap(([userId, { lots }]) =>
        [...lots.values()]
          .filter((lot) => lot.pool === 'purchased' && lot.acquiredCredits > lot.refundedCredits)
          .map(({ id }) => ({ userId, purchaseId: id })),
      )
      .sort((left, right) => (left.purchaseId < right.purchaseId ? -1 : 1));
  }

  /** The credits that a user could spend at an instant after its last entry. */
  available(userId: string, at: Instant): { free: Micros; purchased: Micros } {
    const { openLots } = this.accountOf(userId);
    const [free, purchased] = [openLots.free, openLots.purchased].map((lots) =>
      lots.reduce((sum, lot) => (isAlive(lot, at) ? sum + lot.leftCredits : sum), 0n),
    ) as [Micros, Micros];
    return { free, purchased };
  }

  owes(userId: string): Micros {
    return this.accountOf(userId).balance.unpaidCredits;
  }

  /** The credits of a deployment that can still be refunded. */
  refundable(userId: string, deploymentId: string): Micros {
    const spend = this.accountOf(userId).spends.get(spendKey('deployment', deploymentId));
    return spend === undefined ? 0n : spend.cost - spend.refundedCredits;
  }

  /** The credits left of a purchase at an instant after its user's last entry. */
  remaining(userId: string, purchaseId: string, at: Instant): Micros {
    const lot = this.accountOf(userId).lots.get(lotKey('purchased', purchaseId));
    return lot !== undefined && isAlive(lot, at) ? lot.leftCredits : 0n;
  }

  private write(userId: string, entry: Entry, record: ImportRecord): void {
    applyEntry(this.accountOf(userId), entry);
    this.told.push({ toldAt: entry.occurredAt + this.delayOf(), record: { type: entry.type, ...record } });
  }

  private accountOf(userId: string): Account {
    const known = this.accounts.get(userId);
    if (known !== undefined) return known;
    const account = emptyAccount();
    this.accounts.set(userId, account);
    return account;
  }

  /** The instant, or one second after the user's last entry: a user does one thing at a time. */
  private free(userId: string, at: Instant): Instant {
    const last = this.accountOf(userId).foldedTo?.occurredAt;
    return last !== undefined && at <= last ? last + SECOND : at;
  }

  private nextId(kind: string): string {
    const number = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, number);
    return `${kind}-${String(number).padStart(5, '0')}`;
  }
}

function isAlive(lot: { readonly expiresAt: Instant | null }, at: Instant): boolean {
  return lot.expiresAt === null || lot.expiresAt > at;
}
