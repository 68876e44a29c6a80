import type { Award, Deployment, Entry, Purchase, Spend } from '../../src/domain/index.js';

export type Opening = Award | Purchase;
export type Spending = Deployment | Spend;

/**
 * One line of a journal: credits, with their value, moved somewhere. The journal is the only state of this version;
 * every figure is a sum over it, computed again each time.
 */
export interface JournalLine {
  readonly because: Entry | null;
  readonly what:
    | 'opened'
    | 'paid'
    | 'returned'
    | 'cancelled'
    | 'lapsed'
    | 'lapsedOnReturn'
    | 'withdrawn'
    | 'reversedLeft'
    | 'reversedLapsed'
    | 'reversedPaid'
    | 'released'
    | 'paidAgain';
  readonly lot: Opening | null;
  readonly spend: Spending | null;
  /** Which allocation of the spend this is, or is refunded from: 0, 1, 2... */
  readonly allocation: number;
  readonly at: bigint;
  readonly credits: bigint;
  readonly value: bigint;
}

type What = JournalLine['what'];
const INTO_LOT: readonly What[] = ['opened', 'returned', 'released'];
const OUT_OF_LOT: readonly What[] = [
  'paid',
  'paidAgain',
  'lapsed',
  'lapsedOnReturn',
  'withdrawn',
  'reversedLeft',
];
const TAKINGS: readonly What[] = ['paid', 'paidAgain'];
const REVERSED: readonly What[] = ['reversedLeft', 'reversedLapsed', 'reversedPaid'];

/** All movements, and sums over them: after all lines, or after a number of lines. */
export class Journal {
  readonly lines: JournalLine[] = [];

  write(
    line: Partial<JournalLine> & Pick<JournalLine, 'because' | 'what' | 'at' | 'credits' | 'value'>,
  ): void {
    this.lines.push({ lot: null, spend: null, allocation: -1, ...line });
  }

  /**
   * What a lot contains after a number of lines of the journal: everything that went in minus everything that went out.
   */
  creditsLeft(lot: Opening, upTo = this.lines.length): bigint {
    return this.left(lot, upTo).credits;
  }

  valueLeft(lot: Opening, upTo = this.lines.length): bigint {
    return this.left(lot, upTo).value;
  }

  left(lot: Opening, upTo: number): Sum {
    const ofLot = this.lines.slice(0, upTo).filter((line) => line.lot === lot);
    const wentIn = total(ofLot.filter(({ what }) => INTO_LOT.includes(what)));
    const wentOut = total(ofLot.filter(({ what }) => OUT_OF_LOT.includes(what)));
    return minus(wentIn, wentOut);
  }

  /** What has lapsed from a lot and was not reversed. */
  lapsed(lot: Opening): Sum {
    const ofLot = this.lines.filter((line) => line.lot === lot);
    const lapsed = ofLot.filter(({ what }) => what === 'lapsed' || what === 'lapsedOnReturn');
    return minus(total(lapsed), total(ofLot.filter(({ what }) => what === 'reversedLapsed')));
  }

  /** What reversals took of a lot and releases did not give back. */
  reversed(lot: Opening): Sum {
    const ofLot = this.lines.filter((line) => line.lot === lot);
    const taken = ofLot.filter(({ what }) => REVERSED.includes(what));
    return minus(total(taken), total(ofLot.filter(({ what }) => what === 'released')));
  }

  /** All takings of a lot, the oldest first. */
  takingsOf(lot: Opening): JournalLine[] {
    return this.lines.filter((line) => line.lot === lot && TAKINGS.includes(line.what));
  }

  takings(spend: Spending, upTo = this.lines.length): JournalLine[] {
    return this.lines.slice(0, upTo).filter((line) => line.spend === spend && TAKINGS.includes(line.what));
  }

  stillPays(taking: JournalLine): Sum {
    const back = this.lines.filter(
      (line) =>
        (line.what === 'returned' || line.what === 'reversedPaid') &&
        line.spend === taking.spend &&
        line.allocation === taking.allocation,
    );
    return minus(taking, total(back));
  }

  refunded(spend: Spending, upTo = this.lines.length): bigint {
    const back = this.lines
      .slice(0, upTo)
      .filter((line) => line.spend === spend && (line.what === 'cancelled' || line.what === 'returned'));
    return total(back).credits;
  }

  /**
   * Credits that no lot has covered and no refund has cancelled; a return moves credits from paid to refunded, not to
   * unpaid. What a reversal took back is unpaid again.
   */
  unpaid(spend: Spending, upTo = this.lines.length): bigint {
    const ofSpend = this.lines.slice(0, upTo).filter((line) => line.spend === spend);
    const cancelled = total(ofSpend.filter(({ what }) => what === 'cancelled')).credits;
    const reversed = total(ofSpend.filter(({ what }) => what === 'reversedPaid')).credits;
    return spend.credits - total(this.takings(spend, upTo)).credits + reversed - cancelled;
  }
}

export interface Sum {
  readonly credits: bigint;
  readonly value: bigint;
}

export function total(lines: readonly Sum[]): Sum {
  let [credits, value] = [0n, 0n];
  for (const line of lines) [credits, value] = [credits + line.credits, value + line.value];
  return { credits, value };
}

function minus(left: Sum, right: Sum): Sum {
  return { credits: left.credits - right.credits, value: left.value - right.value };
}
