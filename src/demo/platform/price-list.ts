import type { Micros } from '../../domain/index.js';
import { decimal } from './catalogue.js';
import type { Random } from './random.js';

/** How much a customer buys at a time. */
export type BuyerKind = 'occasional' | 'team' | 'company';

/** A package of credits. */
export interface Pack {
  readonly credits: Micros;
  /** In the platform's currency; null: at the platform's rate (creditsPerUnit). */
  readonly amount: Micros | null;
  /** Days after which the remaining credits lapse; null: never. */
  readonly validDays: number | null;
}

/** Larger packages have cheaper credits: from 0.12 down to 0.07. */
const PACKS: Readonly<Record<BuyerKind, readonly (readonly [credits: string, amount: string | null])[]>> = {
  occasional: [
    ['50', '6'],
    ['75', '8.5'],
    ['33.333333', '3.999999'],
    ['100', null],
  ],
  team: [
    ['200', '20'],
    ['300', '28.9'],
    ['500', '44.95'],
    ['250', null],
  ],
  company: [
    ['1000', '82.5'],
    ['2000', '154'],
    ['5000', '349'],
  ],
};

/** First days of sales of one week: 25 % off, for credits that are valid for 60 days. */
const SALE_FIRST_DAYS = [95, 270];
const SALE_DAYS = 7;
const SALE_VALID_DAYS = 60;

/** One of the smaller packages that cover the missing credits; the largest package if none covers them. */
export function choosePack(kind: BuyerKind, missing: Micros, day: number, random: Random): Pack {
  const packs = [...PACKS[kind], ...(kind === 'company' ? [] : PACKS.company)];
  const fitting = packs.filter(([credits]) => decimal(credits) >= missing);
  const [credits, amount] = random.pick(fitting.length > 0 ? fitting.slice(0, 3) : packs.slice(-1));
  const isSale = SALE_FIRST_DAYS.some((first) => day >= first && day < first + SALE_DAYS);
  if (!isSale || amount === null) {
    return { credits: decimal(credits), amount: amount === null ? null : decimal(amount), validDays: null };
  }
  const reduced = (decimal(amount) * 3n) / 4n;
  return { credits: decimal(credits), amount: reduced, validDays: SALE_VALID_DAYS };
}
