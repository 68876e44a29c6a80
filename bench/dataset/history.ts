import { modulesOf, userId, type ModuleRecord } from './catalogue.js';
import { oneOf, seededRandom, zipf, type Random } from './random.js';
import type { Shape } from './shape.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PACKS = [
  { credits: 100, amount: '10' },
  { credits: 250, amount: '24' },
  { credits: 500, amount: '45' },
  { credits: 1000, amount: '79.99' },
];
const CATEGORIES = ['project', 'build', 'adjustment'];

/** A ledger entry of a data set; times are milliseconds since 1970. */
export interface HistoryEntry {
  readonly type: 'deployment' | 'refund' | 'purchase' | 'purchaseRefund' | 'award' | 'spend';
  readonly id: string;
  readonly userId: string;
  /** Null: a refund of all that is left. */
  readonly credits: string | null;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly amount?: string;
  readonly expiresAt?: number | null;
  readonly moduleId?: string;
  readonly pool?: 'any' | 'purchased';
  readonly category?: string;
  readonly refundedId?: string;
}

type EntryFacts = Omit<HistoryEntry, 'type' | 'userId' | 'recordedAt'>;

/**
 * All ledger entries of a data set in the order in which a platform would have told of them, as records of an import
 * with `recordedAt` beside: skewed users, partners and modules; free and bought credits that expire; debts that later
 * purchases settle; refunds of both kinds; 3 % of the deployments told up to 30 days late. The same for the same shape,
 * with memory for a few numbers per user.
 */
export class History {
  private readonly random: Random;
  private readonly modules: readonly ModuleRecord[];
  private readonly drawUser: () => number;
  private readonly drawPartner: () => number;
  private readonly drawModule: () => number;
  private readonly drawOwnModule: () => number;
  /** About what each user has, to know when to buy. */
  private readonly credits: Float64Array;
  /** Nothing told late goes before this, or a refunded purchase might be found empty. */
  private readonly settledUntil: Float64Array;
  /** Each user's latest deployment that was not given back. */
  private readonly lastDeployment = new Map<number, { readonly id: string; readonly credits: string }>();
  private ids = 0;

  constructor(private readonly shape: Shape) {
    this.random = seededRandom(shape.seed);
    this.modules = modulesOf(shape);
    this.drawUser = zipf(shape.users, shape.skew.users, this.random);
    this.drawPartner = zipf(shape.partners, shape.skew.partners, this.random);
    this.drawModule = zipf(shape.modulesPerPartner, shape.skew.modules, this.random);
    this.drawOwnModule = zipf(shape.platformModules, shape.skew.modules, this.random);
    this.credits = new Float64Array(shape.users);
    this.settledUntil = new Float64Array(shape.users);
  }

  *entries(): Generator<HistoryEntry> {
    const { deployments, from, to } = this.shape;
    const step = (to - from) / deployments;
    for (let n = 0; n < deployments; n += 1) {
      const at = Math.floor(from + MINUTE_MS + (n + this.random()) * step);
      const user = this.drawUser();
      yield* this.topUp(user, at);
      yield this.deployment(user, at);
      const dice = this.random();
      if (dice < 0.02) yield* this.refund(user, at + MINUTE_MS);
      else if (dice < 0.035) yield this.spend(user, at + MINUTE_MS);
      else if (dice < 0.055) yield this.award(user, at + MINUTE_MS, 20);
    }
  }

  /** A user who has run out buys or is given credits, one in ten only once in debt. */
  private *topUp(user: number, at: number): Generator<HistoryEntry> {
    const tolerated = user % 10 === 9 ? -60 : 0;
    if (this.creditsOf(user) > tolerated) return;
    if (this.random() < 0.4) {
      yield this.award(user, at - MINUTE_MS / 2, 50);
      return;
    }
    const pack = oneOf(PACKS, this.random);
    const purchase = this.purchase(user, at - MINUTE_MS / 2, pack);
    yield purchase;
    if (pack.credits >= 500 && this.random() < 0.02)
      yield this.purchaseRefund(user, at - MINUTE_MS / 4, purchase.id, pack.credits / 4);
  }

  private deployment(user: number, at: number): HistoryEntry {
    const { id: moduleId, creditCost, requiresPurchasedCredits } = this.anyModule();
    this.change(user, -Number(creditCost));
    const isLate = this.random() < 0.03;
    const earliest = Math.max(this.shape.from, (this.settledUntil[user] ?? 0) + 1);
    const occurredAt = isLate ? Math.max(earliest, at - Math.floor(this.random() * 30 * DAY_MS)) : at;
    const id = this.nextId(at);
    this.lastDeployment.set(user, { id, credits: creditCost });
    const pool = requiresPurchasedCredits ? 'purchased' : 'any';
    return entry('deployment', user, at, { id, moduleId, credits: creditCost, occurredAt, pool });
  }

  private anyModule(): ModuleRecord {
    const { partners, modulesPerPartner, platformPart } = this.shape;
    const place =
      this.random() < platformPart
        ? partners * modulesPerPartner + this.drawOwnModule()
        : this.drawPartner() * modulesPerPartner + this.drawModule();
    const module = this.modules[place];
    if (module === undefined) throw new Error(`There is no module number ${place}.`);
    return module;
  }

  /** All that is left, or one credit of it. */
  private *refund(user: number, at: number): Generator<HistoryEntry> {
    const deployment = this.lastDeployment.get(user);
    if (deployment === undefined) return;
    this.lastDeployment.delete(user);
    const credits = this.random() < 0.7 ? null : '1';
    this.change(user, Number(credits ?? deployment.credits));
    yield entry('refund', user, at, {
      id: this.nextId(at),
      credits,
      refundedId: deployment.id,
      occurredAt: at,
    });
  }

  private purchase(user: number, at: number, { credits, amount }: (typeof PACKS)[number]): HistoryEntry {
    this.change(user, credits);
    const expiresAt = this.random() < 0.3 ? at + 365 * DAY_MS : null;
    const id = this.nextId(at);
    return entry('purchase', user, at, { id, credits: String(credits), amount, expiresAt, occurredAt: at });
  }

  private purchaseRefund(user: number, at: number, refundedId: string, credits: number): HistoryEntry {
    this.change(user, -credits);
    this.settledUntil[user] = at;
    const id = this.nextId(at);
    return entry('purchaseRefund', user, at, { id, credits: String(credits), refundedId, occurredAt: at });
  }

  private award(user: number, at: number, credits: number): HistoryEntry {
    this.change(user, credits);
    const id = this.nextId(at);
    const expiresAt = at + 90 * DAY_MS;
    return entry('award', user, at, { id, credits: String(credits), expiresAt, occurredAt: at });
  }

  private spend(user: number, at: number): HistoryEntry {
    this.change(user, -3);
    const category = oneOf(CATEGORIES, this.random);
    const id = this.nextId(at);
    return entry('spend', user, at, { id, credits: '3', category, occurredAt: at, pool: 'any' });
  }

  private creditsOf(user: number): number {
    return this.credits[user] ?? 0;
  }

  private change(user: number, credits: number): void {
    this.credits[user] = this.creditsOf(user) + credits;
  }

  /** As a document store makes them: seconds, a machine, a counter. */
  private nextId(at: number): string {
    this.ids += 1;
    const seconds = Math.floor(at / 1000).toString(16);
    return `${seconds}5f3a9c01d2${this.ids.toString(16).padStart(7, '0')}`;
  }
}

const entry = (
  type: HistoryEntry['type'],
  user: number,
  recordedAt: number,
  facts: EntryFacts,
): HistoryEntry => ({ type, ...facts, userId: userId(user), recordedAt });
