import { isJudged, type Account, type Entry, type Lot, type SpendState } from '../../src/domain/index.js';
import type { Domain } from './ledger-story.js';

type LedgerPosition = Account['foldedTo'];
type AllocationRow = Omit<SpendState['allocations'][number], 'lot'> & { readonly lotKey: string };
type SpendRow = Omit<SpendState, 'allocations'> & { readonly allocations: readonly AllocationRow[] };

/**
 * Replaces the tables of lots, allocations and spends: it loads only rows that the coming entries can affect, folds on
 * from them, and writes them back.
 */
export class LedgerStore {
  private readonly lots = new Map<string, Lot>();
  private readonly spends = new Map<string, SpendRow>();
  private foldedTo: LedgerPosition = null;
  private readonly folded: Entry[] = [];

  /** Open lots, debts, and the targets of the coming refunds: deployments with the lots that paid, and purchases. */
  load(domain: Domain, coming: readonly Entry[]): Account {
    if (coming.some(needsWholeHistory)) return domain.foldEntries(this.folded);
    const named = new Set(coming.filter(isJudged).map(nameOfTarget));
    const spends = [...this.spends.values()].filter(
      (spend) => spend.unpaidCredits > 0n || named.has(`${spend.type} ${spend.id}`),
    );
    const paying = new Set(
      spends.flatMap((spend) => spend.allocations.map((allocation) => allocation.lotKey)),
    );
    const lots = [...this.lots].filter(
      ([key, lot]) => lot.leftCredits > 0n || paying.has(key) || named.has(`purchase ${lot.id}`),
    );
    return this.restore(domain, new Map(lots), spends);
  }

  loadAll(domain: Domain): Account {
    return this.restore(domain, this.lots, [...this.spends.values()]);
  }

  save(account: Account, entries: readonly Entry[]): void {
    this.folded.push(...entries);
    for (const lot of account.lots.values()) this.lots.set(keyOf(lot), { ...lot });
    for (const spend of account.spends.values()) {
      const allocations = spend.allocations.map(({ lot, ...allocation }) => ({
        ...allocation,
        lotKey: keyOf(lot),
      }));
      this.spends.set(`${spend.type} ${spend.id}`, { ...spend, allocations });
    }
    this.foldedTo = account.foldedTo;
  }

  private restore(domain: Domain, rows: ReadonlyMap<string, Lot>, spendRows: readonly SpendRow[]): Account {
    const lots = new Map([...rows].map(([key, row]) => [key, { ...row }]));
    const lotOf = (key: string): Lot => {
      const lot = lots.get(key);
      if (lot === undefined) throw new Error(`lot ${key} was not loaded`);
      return lot;
    };
    const spends = spendRows.map((row) => ({
      ...row,
      allocations: row.allocations.map(({ lotKey, ...allocation }) => ({
        ...allocation,
        lot: lotOf(lotKey),
      })),
    }));
    // In reverse order, because a database guarantees no order of rows and restoring must not rely on one.
    return domain.restoreAccount([...lots.values()].reverse(), spends.reverse(), this.foldedTo);
  }
}

/** A reversal and its release can touch all that a lot ever paid, so the service folds from the first entry. */
function needsWholeHistory({ type }: Entry): boolean {
  return type === 'purchaseReversal' || type === 'reversalRelease';
}

function nameOfTarget(entry: Entry): string {
  if (entry.type === 'refund') return `deployment ${entry.deploymentId}`;
  return entry.type === 'purchaseRefund' ? `purchase ${entry.purchaseId}` : '';
}

function keyOf(lot: Lot): string {
  return `${lot.pool} ${lot.id}`;
}
