import type { Disagreement, LedgerMoney, ProviderMoney, TieOutResult } from './money-item.js';

/**
 * Sorts the lines of a payment provider's file and the ledger's entries of the same month. A line belongs to the entry
 * with its id; a line with the id of a purchase also belongs to an entry that undoes this purchase, so that a file can
 * name refunds by their payment. Of several entries, one with the same amount comes first.
 *
 * @param entries those of the month, and others that the lines name
 */
export function tieOut(
  lines: readonly ProviderMoney[],
  entries: readonly LedgerMoney[],
  isInMonth: (entry: LedgerMoney) => boolean,
): TieOutResult {
  const open = new OpenEntries(entries);
  const pairs = new Map<ProviderMoney, LedgerMoney>();
  for (const agrees of [agree, hasAmount, isAny]) {
    for (const line of lines) {
      if (pairs.has(line)) continue;
      const entry = open.take(line, agrees);
      if (entry !== undefined) pairs.set(line, entry);
    }
  }
  const paired = [...pairs].map(([there, here]) => ({ there, here }));
  const inMonth = paired.filter(({ here }) => isInMonth(here));
  const differing = inMonth.filter((pair) => !agree(pair.there, pair.here));
  const otherMonths = new Map(paired.filter(({ here }) => !isInMonth(here)).map(pairOf));
  return {
    matched: inMonth.length - differing.length,
    differing,
    onlyThere: lines
      .filter((line) => !pairs.has(line) || otherMonths.has(line))
      .map((there) => ({ there, otherMonth: otherMonths.get(there) ?? null })),
    onlyHere: open.rest().filter((entry) => isInMonth(entry) && entry.amount !== 0n),
  };
}

function pairOf({ there, here }: Disagreement): readonly [ProviderMoney, LedgerMoney] {
  return [there, here];
}

/** Whether amount, currency, and the fee if both tell it, are the same. */
function agree(there: ProviderMoney, here: LedgerMoney): boolean {
  const agreesOnFee = there.fee === null || here.fee === null || there.fee === here.fee;
  return hasAmount(there, here) && agreesOnFee;
}

function hasAmount(there: ProviderMoney, here: LedgerMoney): boolean {
  return there.amount === here.amount && there.currency === here.currency;
}

function isAny(): boolean {
  return true;
}

/** The entries that no line has taken, by the ids under which a line can name them. */
class OpenEntries {
  private readonly byName = new Map<string, LedgerMoney[]>();
  private readonly open: Set<LedgerMoney>;

  constructor(entries: readonly LedgerMoney[]) {
    this.open = new Set(entries);
    for (const entry of entries) {
      for (const name of new Set([entry.id, entry.purchaseId])) {
        const others = this.byName.get(name);
        if (others === undefined) this.byName.set(name, [entry]);
        else others.push(entry);
      }
    }
  }

  /** Takes the entry with the line's id, or else one of the same direction that undoes the purchase with that id. */
  take(
    line: ProviderMoney,
    agrees: (there: ProviderMoney, here: LedgerMoney) => boolean,
  ): LedgerMoney | undefined {
    const candidates = (this.byName.get(line.id) ?? []).filter(
      (entry) => this.open.has(entry) && isSameDirection(line, entry) && agrees(line, entry),
    );
    const entry = candidates.find(({ id }) => id === line.id) ?? candidates[0];
    if (entry !== undefined) this.open.delete(entry);
    return entry;
  }

  rest(): LedgerMoney[] {
    return [...this.open];
  }
}

function isSameDirection(line: ProviderMoney, entry: LedgerMoney): boolean {
  return line.amount < 0n === entry.amount < 0n;
}
