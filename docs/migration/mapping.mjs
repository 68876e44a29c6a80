// The mapping: how your documents become import lines. Change the names of fields and the words here into yours.
import { decimal, idOf, micros, shown } from './values.mjs';
import { utcText } from './times.mjs';

/** A word that is not here is told, and gives no role. For a role that has no place here write `SUPPORT: []`. */
const ROLES = { CUSTOMER: ['user'], PARTNER: ['user', 'partner'], FINANCE: ['finance'], ADMIN: ['admin'] };
/** Any other purpose is an adjustment. */
const CATEGORIES = { PROJECT: 'project', BUILD: 'build' };
/** A word that is not here is told, and then says nothing of the pool. */
const POOLS = { FREE: 'free', PURCHASED: 'purchased' };

/** Fields that `--balances` reads, and no line. */
export const BALANCE_FIELDS = { users: ['freeCredits', 'purchasedCredits'] };

/** A document that no line is made of, because another line says the same or there is nothing to say. */
export class Nothing {
  constructor(reason) {
    this.reason = reason;
  }
}

export class Mapping {
  #time;
  #isPricedByRate;
  #report;

  /**
   * @param time reads a time (times.mjs)
   * @param isPricedByRate whether a purchase without a price is valued by the rate; else it is left out
   * @param report what is told on standard error (report.mjs)
   */
  constructor({ time, isPricedByRate, report }) {
    this.#time = time;
    this.#isPricedByRate = isPricedByRate;
    this.#report = report;
  }

  userLine(user) {
    return {
      type: 'user',
      id: idOf(user._id),
      email: user.email,
      name: user.name,
      roles: this.#word('role', ROLES, user.role, 'it gives no role') ?? [],
    };
  }

  moduleLine(module) {
    return {
      type: 'module',
      id: idOf(module._id),
      name: module.name,
      partnerId: module.ownerId == null ? null : idOf(module.ownerId),
      creditCost: decimal(this.#micros(module.price)),
      requiresPurchasedCredits: module.purchasedCreditsOnly,
      archived: module.deleted,
    };
  }

  /** @param cost what its SPENDs took, in millionths: the price of then, not the module's price of today */
  deploymentLine(deployment, cost) {
    return {
      type: 'deployment',
      id: idOf(deployment._id),
      userId: idOf(deployment.userId),
      moduleId: idOf(deployment.moduleId),
      creditCost: decimal(cost),
      createdAt: utcText(this.#time(deployment.createdAt)),
    };
  }

  /**
   * The line of a transaction, or Nothing.
   *
   * @param isBeforeOpening whether the document with this id is part of an opening balance
   */
  transactionLine(transaction, isBeforeOpening) {
    const amount = this.amountOf(transaction);
    if (amount === 0n) return new Nothing('of 0 credits');
    switch (transaction.type) {
      case 'AWARD':
      case 'SIGNUP':
        return amount > 0n
          ? this.#award(transaction)
          : this.#adjustment(transaction, this.#pool(transaction) ?? 'free');
      case 'PURCHASE':
        if (amount > 0n) return this.#purchase(transaction);
        if (transaction.purchaseId == null || isBeforeOpening(idOf(transaction.purchaseId)))
          return this.#adjustment(transaction, 'purchased');
        return this.#giveBack('purchaseRefund', transaction, {
          purchaseExternalId: idOf(transaction.purchaseId),
        });
      case 'SPEND':
        return amount < 0n ? this.#spend(transaction) : this.#refund(transaction, isBeforeOpening);
      default:
        throw new Error(`no line is known for the type ${transaction.type}`);
    }
  }

  /** What a user had when the history begins: one free and one purchased lot. */
  openingLines(opening) {
    const [free, purchased] = [this.#micros(opening.free), this.#micros(opening.purchased)];
    const common = {
      externalId: `opening:${idOf(opening.userId)}`,
      userId: idOf(opening.userId),
      occurredAt: utcText(this.#time(opening.at)),
    };
    const award = { type: 'award', ...common, credits: decimal(free), reason: 'Opening balance' };
    const purchase = { type: 'purchase', ...common, credits: decimal(purchased) };
    return [
      ...(free > 0n ? [award] : []),
      ...(purchased > 0n ? [this.#priced(purchase, opening.paid, 'opening balances')] : []),
    ];
  }

  /** What the old store says that a user has; what it holds below 0 is owed. */
  balanceRow(user) {
    const [free, purchased] = [user.freeCredits ?? 0, user.purchasedCredits ?? 0].map((value) =>
      this.#micros(value),
    );
    const owed = (size) => (size < 0n ? -size : 0n);
    const held = (size) => (size < 0n ? 0n : size);
    const unpaid = owed(free) + owed(purchased);
    if (unpaid > 0n) this.#report.note('users', 'a balance below 0, which is unpaid');
    return [idOf(user._id), ...[held(free), held(purchased), unpaid].map(decimal)];
  }

  /** The credits of a transaction in millionths; below 0 they were taken. */
  amountOf(transaction) {
    return this.#micros(transaction.amount);
  }

  /** When a document happened, in microseconds since 1970. */
  timeOf(document) {
    return this.#time(document.createdAt);
  }

  /** The deployment that a transaction pays for; null: none. */
  paidDeployment(transaction) {
    return transaction.type === 'SPEND' && transaction.deploymentId != null
      ? idOf(transaction.deploymentId)
      : null;
  }

  #common(transaction) {
    const amount = this.amountOf(transaction);
    return {
      externalId: idOf(transaction._id),
      userId: idOf(transaction.userId),
      credits: decimal(amount < 0n ? -amount : amount),
      occurredAt: utcText(this.#time(transaction.createdAt)),
    };
  }

  #award(transaction) {
    const expiresAt = this.#expiryOf(transaction);
    return { type: 'award', ...this.#common(transaction), expiresAt, reason: transaction.note };
  }

  #purchase(transaction) {
    const purchase = {
      type: 'purchase',
      ...this.#common(transaction),
      expiresAt: this.#expiryOf(transaction),
    };
    return this.#priced(purchase, transaction.price, 'purchases');
  }

  /** A deployment's own line says what it took. */
  #spend(transaction) {
    if (transaction.deploymentId != null) return new Nothing('the charge of a deployment');
    const category = CATEGORIES[transaction.purpose] ?? 'adjustment';
    return { type: 'spend', ...this.#common(transaction), category, pool: this.#pool(transaction) };
  }

  /** Credits that came back; from nowhere that is known, they are a gift, or a purchase where they had been bought. */
  #refund(transaction, isBeforeOpening) {
    const { deploymentId } = transaction;
    if (deploymentId == null || isBeforeOpening(idOf(deploymentId))) {
      return this.#pool(transaction) === 'purchased' ? this.#purchase(transaction) : this.#award(transaction);
    }
    return this.#giveBack('refund', transaction, {
      deploymentId: idOf(deploymentId),
      reason: transaction.note,
    });
  }

  #adjustment(transaction, pool) {
    return { type: 'spend', ...this.#common(transaction), category: 'adjustment', pool };
  }

  #giveBack(type, transaction, more) {
    const { userId: _, ...common } = this.#common(transaction);
    return { type, ...common, ...more };
  }

  /** @throws Error where there is no price, and none may be worked out */
  #priced(purchase, price, what) {
    if (price != null) return { ...purchase, amount: decimal(this.#micros(price)) };
    if (!this.#isPricedByRate) {
      throw new Error(
        'it has no price; read the field that holds it in mapping.mjs, or have it valued by the rate with --price-by-rate',
      );
    }
    this.#report.note(what, 'without a price, valued by the rate');
    return purchase;
  }

  #expiryOf({ expiresAt }) {
    return expiresAt == null ? undefined : utcText(this.#time(expiresAt));
  }

  #pool(transaction) {
    return this.#word('pool', POOLS, transaction.pool, 'it says nothing of the pool');
  }

  /** @returns what a word stands for; undefined where there is none, or where it is unknown, which is told */
  #word(field, words, word, consequence) {
    if (word == null) return undefined;
    if (Object.hasOwn(words, word)) return words[word];
    this.#report.loss(`${field} ${shown(word)}`, `unknown, so ${consequence}`);
    return undefined;
  }

  #micros(value) {
    return micros(value, () => this.#report.note('binary fractions', 'with more than 6 places, rounded'));
  }
}
