import {
  figuresOf,
  judgeAndFold,
  parseDecimal,
  parseInstant,
  traceEntries,
  type Entry,
  type Instant,
  type Micros,
  type Pool,
  type ReversalCause,
  type Posting,
  type JudgedEntry,
  type SpendCategory,
  type SpendState,
} from '../../domain/index.js';
import { demoPlatform, midnightBefore, SHOWN_PARTNER_ID, type ImportRecord } from './index.js';

const END = parseInstant('2026-11-23T00:00:00Z') as Instant;
const DAY: Instant = 86_400_000_000n;

const records = demoPlatform(END);
const ofType = (type: string): ImportRecord[] => records.filter((record) => record.type === type);
const text = (value: unknown): string => value as string;

describe('the demo platform', () => {
  it('is the same on every run', () => {
    expect(demoPlatform(END)).toEqual(records);
  });

  it('moves with the day and keeps its users and modules', () => {
    const nextDay = demoPlatform(END + DAY);
    const stays = ({ type }: ImportRecord): boolean => type === 'user' || type === 'module';
    expect(nextDay.filter(stays)).toEqual(records.filter(stays));
    expect(nextDay).not.toEqual(records);
  });

  it('ends at the last midnight', () => {
    const now = parseInstant('2026-11-23T17:31:02.000001Z') as Instant;
    expect(midnightBefore(now)).toBe(END);
    const times = records.flatMap(({ occurredAt, createdAt }) => [occurredAt, createdAt]).filter(Boolean);
    const instants = times.map((time) => parseInstant(text(time)) as Instant);
    expect(instants.every((at) => at >= END - 365n * DAY && at < END)).toBe(true);
    expect(instants.some((at) => at > END - DAY)).toBe(true);
  });

  it('has the size of a small platform', () => {
    expect(ofType('user').length).toBeGreaterThan(300);
    expect(ofType('user').filter(({ roles }) => text(roles).includes('partner'))).toHaveLength(8);
    expect(ofType('module').filter(({ partnerId }) => partnerId === null).length).toBeGreaterThanOrEqual(5);
    expect(ofType('deployment').length).toBeGreaterThan(6_000);
    expect(ofType('deployment').length).toBeLessThan(9_000);
  });

  it.each(['2024-02-29', '2025-01-01', '2026-03-30', '2027-07-04', '2028-12-31'])(
    'contains no line that the rules refuse, even if it ends on %s',
    (day) => {
      const year = demoPlatform(parseInstant(`${day}T00:00:00Z`) as Instant);
      expect(historiesOf(year).flatMap(({ refused }) => refused)).toEqual([]);
    },
  );
});

describe('the year of the demo platform contains', () => {
  const histories = historiesOf(records);
  const postings = histories.flatMap((history) => history.postings);
  const deployments = histories.flatMap(({ spends }) => spends.filter(({ type }) => type === 'deployment'));
  const modules = new Map(ofType('module').map((module) => [text(module.id), module]));
  const reasons = records.map(({ reason }) => (reason === undefined ? '' : text(reason)));
  const namesOf = (type: string): string[] => ofType(type).map(({ name }) => text(name));
  const unitPrices = new Set(
    ofType('purchase').flatMap(({ amount, credits }) =>
      amount === undefined ? [] : [(micros(amount) * 1_000_000n) / micros(credits)],
    ),
  );
  const isLate = (record: ImportRecord, index: number): boolean =>
    index > 0 && timeOf(record) !== null && (timeOf(record) as bigint) < (timeOf(records[index - 1]) ?? 0n);

  const cases: Readonly<Record<string, number>> = {
    'awards at sign-up': reasons.filter((reason) => reason === 'Welcome!').length,
    'awards that lapse with credits left': postings.flatMap(({ lapses }) => lapses).filter(isFree).length,
    'bought credits that lapse': postings.flatMap(({ lapses }) => lapses).filter((lapse) => !isFree(lapse))
      .length,
    'different unit prices': unitPrices.size,
    'purchases at the rate of the platform': ofType('purchase').filter(({ amount }) => amount === undefined)
      .length,
    'refunds of all that is left': ofType('refund').filter(({ credits }) => credits === undefined).length,
    'refunds of a part': ofType('refund').filter(({ credits }) => credits !== undefined).length,
    'deployments refunded twice':
      ofType('refund').length - new Set(ofType('refund').map(({ deploymentId }) => deploymentId)).size,
    'refunds into a lot that had expired': postings
      .flatMap(({ returns }) => returns)
      .filter(({ lapsed }) => lapsed).length,
    'purchases refunded in part': ofType('purchaseRefund').filter(({ credits }) => credits !== undefined)
      .length,
    'purchases refunded to the end': ofType('purchaseRefund').filter(({ credits }) => credits === undefined)
      .length,
    'payments taken back': postings.filter(({ reversal }) => (reversal?.takenBack ?? []).length > 0).length,
    'payments that came back': postings.filter(({ release }) => release !== null).length,
    'spends on projects': ofType('spend').filter(({ category }) => category === 'project').length,
    'spends on builds': ofType('spend').filter(({ category }) => category === 'build').length,
    'adjustments of free credits': ofType('spend').filter(({ pool }) => pool === 'free').length,
    'adjustments of bought credits': ofType('spend').filter(({ pool }) => pool === 'purchased').length,
    'entries recorded late': records.filter(isLate).length,
    'debts that a later top-up settles': postings.flatMap(({ settlements }) => settlements).length,
    'debts that stay': deployments.filter(({ unpaidCredits }) => unpaidCredits > 0n).length,
    'deployments of modules that require bought credits': deployments.filter(
      ({ pool }) => pool === 'purchased',
    ).length,
    'deployments paid from both pools': deployments.filter(paidFromBothPools).length,
    'deployments paid from several purchases': deployments.filter(paidFromSeveralPurchases).length,
    'partners who deploy their own module': ofType('deployment').filter(
      ({ userId, moduleId }) => userId === modules.get(text(moduleId))?.partnerId,
    ).length,
    'deployments at the cost of the catalogue': ofType('deployment').filter(
      (line) => line.creditCost === undefined,
    ).length,
    'modules that were withdrawn': ofType('module').filter(({ archived }) => archived).length,
    'Arabic names': count([...namesOf('user'), ...namesOf('module')], /\p{Script=Arabic}/u),
    'Japanese names': count(
      [...namesOf('user'), ...namesOf('module')],
      /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
    ),
    'Greek names': count([...namesOf('user'), ...namesOf('module')], /\p{Script=Greek}/u),
    'Devanagari names': count([...namesOf('user'), ...namesOf('module')], /\p{Script=Devanagari}/u),
    'modules with emoji': count(namesOf('module'), /\p{Extended_Pictographic}/u),
    'modules with commas': count(namesOf('module'), /,/),
    'modules with quotes': count(namesOf('module'), /"/),
    'modules with apostrophes': count(namesOf('module'), /'/),
    'modules that look like formulas': count(namesOf('module'), /^[=+@-]/),
    'people who look like formulas': count(namesOf('user'), /^[=+@-]/),
    'addresses that look like formulas': ofType('user').filter(({ email }) => text(email).startsWith('='))
      .length,
  };

  it.each(Object.entries(cases))('%s: %i', (_case, number) => {
    expect(number).toBeGreaterThan(0);
  });

  it('growth, working weeks and favourites', () => {
    const days = ofType('deployment').map((line) => timeOf(line) as bigint);
    const inWindow = (from: bigint, to: bigint): number =>
      days.filter((at) => at >= END - from * DAY && at < END - to * DAY).length;
    expect(inWindow(91n, 0n)).toBeGreaterThan(1.5 * inWindow(365n, 274n));
    const isSunday = (at: Instant): boolean => (at / DAY + 4n) % 7n === 0n;
    expect(days.filter(isSunday).length / days.length).toBeLessThan(0.1);
    const ofShownPartner = ofType('deployment').filter(
      ({ moduleId }) => modules.get(text(moduleId))?.partnerId === SHOWN_PARTNER_ID,
    );
    expect(ofShownPartner.length).toBeGreaterThan(500);
  });
});

/** The result of folding one user's lines. */
interface FoldedHistory {
  readonly refused: readonly unknown[];
  readonly postings: readonly Posting[];
  readonly spends: readonly SpendState[];
}

function historiesOf(lines: readonly ImportRecord[]): FoldedHistory[] {
  const modules = new Map(lines.filter(({ type }) => type === 'module').map((line) => [line.id, line]));
  const userOf = new Map(
    lines.map((line) => [`${text(line.type)} ${text(line.id ?? line.externalId)}`, line.userId]),
  );
  const entries = new Map<unknown, Entry[]>();
  const refunds = new Map<unknown, JudgedEntry[]>();
  for (const line of lines) {
    const entry = entryOf(line, modules);
    if (entry === null) continue;
    if (entry.type === 'refund') push(refunds, userOf.get(`deployment ${entry.deploymentId}`), entry);
    else if (entry.type === 'purchaseRefund' || entry.type === 'purchaseReversal') {
      const userId = userOf.get(`purchase ${entry.purchaseId}`);
      userOf.set(`${entry.type} ${entry.id}`, userId);
      push(refunds, userId, entry);
    } else if (entry.type === 'reversalRelease')
      push(refunds, userOf.get(`purchaseReversal ${entry.reversalId}`), entry);
    else push(entries, line.userId, entry);
  }
  return [...entries].map(([userId, recorded]) => {
    const { accepted, refused } = judgeAndFold(recorded, refunds.get(userId) ?? []);
    const { account, postings } = traceEntries([...recorded, ...accepted]);
    return { refused, postings, spends: [...account.spends.values()] };
  });
}

function entryOf(line: ImportRecord, modules: ReadonlyMap<unknown, ImportRecord>): Entry | null {
  const facts = { id: text(line.id ?? line.externalId), occurredAt: timeOf(line) ?? 0n };
  const expiresAt = line.expiresAt === undefined ? null : parseInstant(text(line.expiresAt));
  const credits = line.credits === undefined ? null : micros(line.credits);
  switch (text(line.type)) {
    case 'award':
      return { type: 'award', ...facts, credits: micros(line.credits), expiresAt };
    case 'purchase': {
      const amount = line.amount === undefined ? micros(line.credits) / 10n : micros(line.amount);
      return { type: 'purchase', ...facts, credits: micros(line.credits), amount, expiresAt };
    }
    case 'deployment': {
      const module = modules.get(line.moduleId) as ImportRecord;
      const listed = module.partnerId === line.userId ? 0n : micros(module.creditCost);
      const cost = line.creditCost === undefined ? listed : micros(line.creditCost);
      const pool = module.requiresPurchasedCredits ? 'purchased' : 'any';
      return { type: 'deployment', ...facts, credits: cost, pool, moduleId: text(line.moduleId) };
    }
    case 'spend': {
      const pool = (line.pool ?? 'any') as Pool;
      return {
        type: 'spend',
        ...facts,
        credits: micros(line.credits),
        pool,
        category: line.category as SpendCategory,
      };
    }
    case 'refund':
      return { type: 'refund', ...facts, deploymentId: text(line.deploymentId), credits };
    case 'purchaseRefund':
      return { type: 'purchaseRefund', ...facts, purchaseId: text(line.purchaseExternalId), credits };
    case 'purchaseReversal': {
      const cause = line.reason as ReversalCause;
      return {
        type: 'purchaseReversal',
        ...facts,
        purchaseId: text(line.purchaseExternalId),
        credits,
        cause,
      };
    }
    case 'reversalRelease':
      return { type: 'reversalRelease', ...facts, reversalId: text(line.reversalExternalId) };
    default:
      return null;
  }
}

function timeOf(line: ImportRecord | undefined): Instant | null {
  const time = line?.occurredAt ?? line?.createdAt;
  return time === undefined ? null : parseInstant(text(time));
}

function micros(value: unknown): Micros {
  return parseDecimal(text(value)) as Micros;
}

function push<T>(lists: Map<unknown, T[]>, key: unknown, item: T): void {
  lists.set(key, [...(lists.get(key) ?? []), item]);
}

function count(names: readonly string[], pattern: RegExp): number {
  return names.filter((name) => pattern.test(name)).length;
}

function isFree({ lot }: { readonly lot: { readonly pool: string } }): boolean {
  return lot.pool === 'free';
}

function paidFromBothPools(spend: SpendState): boolean {
  const { freeCredits, purchasedCredits } = figuresOf(spend);
  return freeCredits > 0n && purchasedCredits > 0n;
}

function paidFromSeveralPurchases({ allocations }: SpendState): boolean {
  return allocations.filter(({ lot, credits }) => lot.pool === 'purchased' && credits > 0n).length > 1;
}
