import { modulesOf, userId } from './catalogue.mjs';
import { seededRandom, zipf } from './random.mjs';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const AMOUNTS = { 100: '10', 250: '24', 500: '45', 1000: '79.99' };
const PACKS = Object.keys(AMOUNTS).map(Number);
const CATEGORIES = ['project', 'build', 'adjustment'];

/**
 * All ledger entries of a data set in the order in which a platform would have told of them, as records of an import
 * with `recordedAt` beside: skewed users, partners and modules; free and bought credits that expire; debts that later
 * purchases settle; refunds of both kinds; 3 % of the deployments told up to 30 days late. The same for the same shape,
 * with memory for a few numbers per user.
 */
export class History {
  constructor(shape) {
    this.shape = shape;
    this.random = seededRandom(shape.seed);
    this.modules = modulesOf(shape);
    this.drawUser = zipf(shape.users, shape.skew.users, this.random);
    this.drawPartner = zipf(shape.partners, shape.skew.partners, this.random);
    this.drawModule = zipf(shape.modulesPerPartner, shape.skew.modules, this.random);
    this.drawOwnModule = zipf(shape.platformModules, shape.skew.modules, this.random);
    /** About what each user has, to know when to buy. */
    this.credits = new Float64Array(shape.users);
    /** Nothing told late goes before this, or a refunded purchase might be found empty. */
    this.settledUntil = new Float64Array(shape.users);
    /** Each user's latest deployment that was not given back, and when it was; 0: none. */
    this.lastDeployment = new Array(shape.users).fill(null);
    this.ids = 0;
  }

  *entries() {
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
  *topUp(user, at) {
    const tolerated = user % 10 === 9 ? -60 : 0;
    if (this.credits[user] > tolerated) return;
    if (this.random() < 0.4) {
      yield this.award(user, at - MINUTE_MS / 2, 50);
      return;
    }
    const pack = PACKS[Math.floor(this.random() * PACKS.length)];
    const purchase = this.purchase(user, at - MINUTE_MS / 2, pack);
    yield purchase;
    if (pack >= 500 && this.random() < 0.02)
      yield this.purchaseRefund(user, at - MINUTE_MS / 4, purchase, pack / 4);
  }

  deployment(user, at) {
    const module = this.modules[this.anyModule()];
    this.credits[user] -= Number(module.creditCost);
    const isLate = this.random() < 0.03;
    const earliest = Math.max(this.shape.from, this.settledUntil[user] + 1);
    const occurredAt = isLate ? Math.max(earliest, at - Math.floor(this.random() * 30 * DAY_MS)) : at;
    const id = this.nextId(at);
    this.lastDeployment[user] = { id, credits: module.creditCost };
    return this.entry(
      'deployment',
      { id, moduleId: module.id, credits: module.creditCost, occurredAt },
      user,
      at,
      {
        pool: module.requiresPurchasedCredits ? 'purchased' : 'any',
      },
    );
  }

  anyModule() {
    const { partners, modulesPerPartner, platformPart } = this.shape;
    return this.random() < platformPart
      ? partners * modulesPerPartner + this.drawOwnModule()
      : this.drawPartner() * modulesPerPartner + this.drawModule();
  }

  /** All that is left, or one credit of it. */
  *refund(user, at) {
    const deployment = this.lastDeployment[user];
    if (deployment === null) return;
    this.lastDeployment[user] = null;
    const credits = this.random() < 0.7 ? null : '1';
    this.credits[user] += Number(credits ?? deployment.credits);
    yield this.entry(
      'refund',
      { id: this.nextId(at), credits, refundedId: deployment.id, occurredAt: at },
      user,
      at,
    );
  }

  purchase(user, at, pack) {
    this.credits[user] += pack;
    const expiresAt = this.random() < 0.3 ? at + 365 * DAY_MS : null;
    const facts = {
      id: this.nextId(at),
      credits: String(pack),
      amount: AMOUNTS[pack],
      expiresAt,
      occurredAt: at,
    };
    return this.entry('purchase', facts, user, at);
  }

  purchaseRefund(user, at, purchase, credits) {
    this.credits[user] -= credits;
    this.settledUntil[user] = at;
    const facts = { id: this.nextId(at), credits: String(credits), refundedId: purchase.id, occurredAt: at };
    return this.entry('purchaseRefund', facts, user, at);
  }

  award(user, at, credits) {
    this.credits[user] += credits;
    const facts = {
      id: this.nextId(at),
      credits: String(credits),
      expiresAt: at + 90 * DAY_MS,
      occurredAt: at,
    };
    return this.entry('award', facts, user, at);
  }

  spend(user, at) {
    this.credits[user] -= 3;
    const category = CATEGORIES[Math.floor(this.random() * CATEGORIES.length)];
    return this.entry('spend', { id: this.nextId(at), credits: '3', category, occurredAt: at }, user, at, {
      pool: 'any',
    });
  }

  entry(type, facts, user, recordedAt, frozen = {}) {
    return { type, ...facts, ...frozen, userId: userId(user), recordedAt };
  }

  /** As a document store makes them: seconds, a machine, a counter. */
  nextId(at) {
    this.ids += 1;
    const seconds = Math.floor(at / 1000).toString(16);
    return `${seconds}5f3a9c01d2${this.ids.toString(16).padStart(7, '0')}`;
  }
}
