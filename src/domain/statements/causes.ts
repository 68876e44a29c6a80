import type { Micros } from '../decimal.js';
import { emptyAccount, spendKey, type Account } from '../ledger/account.js';
import type { Entry } from '../ledger/entry.js';
import { applyEntry, foldEntries } from '../ledger/fold.js';
import { figuresOf } from '../ledger/invariants.js';
import { compareEntries } from '../ledger/order.js';
import type { Posting } from '../ledger/posting.js';

/** An entry with its place in the order of recording. */
export interface RecordedEntry {
  readonly sequence: bigint;
  readonly entry: Entry;
}

/** What one entry, recorded after a closing, changed of a deployment's gross revenue. */
export interface GrossPart<Recorded extends RecordedEntry = RecordedEntry> {
  readonly recorded: Recorded;
  /** Never 0. */
  readonly part: Micros;
}

/** How the gross of a deployment came from its value at a closing to its value now. */
export interface GrossChange<Recorded extends RecordedEntry = RecordedEntry> {
  readonly atClosing: Micros;
  readonly now: Micros;
  /** In the order of recording; now = atClosing + all parts. */
  readonly parts: readonly GrossPart<Recorded>[];
}

/**
 * Attributes changes of gross to entries (docs/statements.md): the part of an entry is the gross after folding all
 * entries recorded up to it, less the same without it.
 *
 * An entry that comes after all others in the ledger's order is applied to the state at hand. Only for the others a
 * prefix is folded again, from a state before the first of them. So charges of open months cost one step each.
 *
 * @param history all entries of one user
 * @param closingSequence the highest sequence at the last closing
 * @param deploymentIds of this user
 */
export function grossChanges<Recorded extends RecordedEntry>(
  history: readonly Recorded[],
  closingSequence: bigint,
  deploymentIds: Iterable<string>,
): Map<string, GrossChange<Recorded>> {
  const folds = new PrefixFolds(history, closingSequence);
  const atClosing = new Map([...deploymentIds].map((id) => [id, folds.grossOf(id)]));
  const now = new Map(atClosing);
  const parts = new Map<string, GrossPart<Recorded>[]>([...atClosing.keys()].map((id) => [id, []]));
  for (const recorded of folds.later) {
    for (const id of folds.advance(recorded)?.filter((touched) => now.has(touched)) ?? now.keys()) {
      const gross = folds.grossOf(id);
      const part = gross - (now.get(id) as Micros);
      if (part === 0n) continue;
      now.set(id, gross);
      parts.get(id)?.push({ recorded, part });
    }
  }
  return new Map(
    [...atClosing].map(([id, gross]) => [
      id,
      { atClosing: gross, now: now.get(id) as Micros, parts: parts.get(id) ?? [] },
    ]),
  );
}

/** The states after all entries recorded up to one, one after the other. */
class PrefixFolds<Recorded extends RecordedEntry> {
  /** Recorded after the closing, in that order. */
  readonly later: readonly Recorded[];
  private readonly sorted: readonly Recorded[];
  /** The place in `sorted` of the first entry that came late: all before it is in every later prefix. */
  private readonly firstLate: number;
  private checkpoint: Account | null = null;
  private account: Account;

  constructor(history: readonly Recorded[], closingSequence: bigint) {
    this.sorted = [...history].sort((left, right) => compareEntries(left.entry, right.entry));
    this.later = history
      .filter(({ sequence }) => sequence > closingSequence)
      .sort((left, right) => (left.sequence < right.sequence ? -1 : 1));
    this.account = emptyAccount();
    for (const { sequence, entry } of this.sorted) {
      if (sequence <= closingSequence) applyEntry(this.account, entry);
    }
    const late = new Set(lateAmong(this.later, this.account.foldedTo));
    this.firstLate = this.sorted.findIndex((recorded) => late.has(recorded));
  }

  /**
   * Adds the next entry.
   *
   * @returns the deployments that it can have changed; null for any
   */
  advance({ sequence, entry }: Recorded): string[] | null {
    const { foldedTo } = this.account;
    if (foldedTo === null || compareEntries(foldedTo, entry) < 0) {
      return touchedBy(applyEntry(this.account, entry));
    }
    const rest = this.sorted.slice(this.firstLate).filter((other) => other.sequence <= sequence);
    this.account = foldEntries(
      rest.map((other) => other.entry),
      this.beforeFirstLate(),
    );
    return null;
  }

  /** 0 for a deployment that is not recorded yet. */
  grossOf(deploymentId: string): Micros {
    const spend = this.account.spends.get(spendKey('deployment', deploymentId));
    return spend === undefined ? 0n : figuresOf(spend).grossValue;
  }

  private beforeFirstLate(): Account {
    if (this.checkpoint === null) {
      const account = emptyAccount();
      for (const { entry } of this.sorted.slice(0, this.firstLate)) applyEntry(account, entry);
      this.checkpoint = account;
    }
    return this.checkpoint;
  }
}

/** The entries that do not come after all entries recorded before them. */
function lateAmong<Recorded extends RecordedEntry>(
  later: readonly Recorded[],
  last: Account['foldedTo'],
): Recorded[] {
  let latest = last;
  return later.filter(({ entry }) => {
    if (latest !== null && compareEntries(latest, entry) > 0) return true;
    latest = entry;
    return false;
  });
}

function touchedBy({ entry, payments, settlements, returns, reversal, release }: Posting): string[] {
  const changed = [...payments, ...settlements, ...(reversal?.takenBack ?? []), ...(release?.payments ?? [])];
  const spends = changed.map(({ spend }) => spend).filter(({ type }) => type === 'deployment');
  const ids = spends.map(({ id }) => id);
  if (returns.length > 0 && entry.type === 'refund') ids.push(entry.deploymentId);
  return [...new Set(ids)];
}
