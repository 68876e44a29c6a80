// @ts-check
// The mapping: how your documents become import lines. Change the names of fields and the words here into yours.
import { decimal, idOf, micros, shown } from './values.mjs';
import { utcText } from './times.mjs';

/** @typedef {import('./report.mjs').Document} Document */
/** @typedef {(id: string) => boolean} IsBeforeOpening whether a document is part of an opening balance, by its id */
/** @typedef {{ type: string } & Record<string, unknown>} Line a line of the import */

/**
 * A word that is not here is told, and gives no role. For a role that has no place here write `SUPPORT: []`.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const ROLES = { CUSTOMER: ['user'], PARTNER: ['user', 'partner'], FINANCE: ['finance'], ADMIN: ['admin'] };
/**
 * Any other purpose is an adjustment.
 *
 * @type {Readonly<Record<string, string>>}
 */
const CATEGORIES = { PROJECT: 'project', BUILD: 'build' };
/**
 * A word that is not here is told, and then says nothing of the pool.
 *
 * @type {Readonly<Record<string, 'free' | 'purchased'>>}
 */
const POOLS = { FREE: 'free', PURCHASED: 'purchased' };

/**
 * Fields that `--balances` reads, and no line.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const BALANCE_FIELDS = { users: ['freeCredits', 'purchasedCredits'] };

/** A document that no line is made of, because another line says the same or there is nothing to say. */
export class Nothing {
  /** @param {string} reason */
  constructor(reason) {
    this.reason = reason;
  }
}

export class Mapping {
  #time;
  #isPricedByRate;
  #report;

  /**
   * @param {object} options
   * @param {import('./times.mjs').TimeReader} options.time reads a time
   * @param {boolean} options.isPricedByRate whether a purchase without a price is valued by the rate; else it is left out
   * @param {import('./report.mjs').Report} options.report what is told on standard error
   */
  constructor({ time, isPricedByRate, report }) {
    this.#time = time;
    this.#isPricedByRate = isPricedByRate;
    this.#report = report;
  }

  /** @param {Document} user */
  userLine(user) {
    return {
      type: 'user',
      id: idOf(user._id),
      email: user.email,
      name: user.name,
      roles: this.#word('role', ROLES, user.role, 'it gives no role') ?? [],
    };
  }

  /** @param {Document} module */
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

  /**
   * @param {Document} deployment
   * @param {bigint} cost what its SPENDs took, in millionths: the price of then, not the module's price of today
   */
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
   * @param {Document} transaction
   * @param {IsBeforeOpening} isBeforeOpening
   * @returns {Line | Nothing}
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
        throw new Error(`no line is known for the type ${String(transaction.type)}`);
    }
  }

  /**
   * What a user had when the history begins: one free and one purchased lot.
   *
   * @param {Document} opening
   * @returns {Line[]}
   */
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

  /**
   * What the old store says that a user has; what it holds below 0 is owed.
   *
   * @param {Document} user
   * @returns {string[]}
   */
  balanceRow(user) {
    const free = this.#micros(user.freeCredits ?? 0);
    const purchased = this.#micros(user.purchasedCredits ?? 0);
    /** @param {bigint} size */
    const owed = (size) => (size < 0n ? -size : 0n);
    /** @param {bigint} size */
    const held = (size) => (size < 0n ? 0n : size);
    const unpaid = owed(free) + owed(purchased);
    if (unpaid > 0n) this.#report.note('users', 'a balance below 0, which is unpaid');
    return [idOf(user._id), ...[held(free), held(purchased), unpaid].map(decimal)];
  }

  /**
   * The credits of a transaction in millionths; below 0 they were taken.
   *
   * @param {Document} transaction
   */
  amountOf(transaction) {
    return this.#micros(transaction.amount);
  }

  /**
   * When a document happened, in microseconds since 1970.
   *
   * @param {Document} document
   */
  timeOf(document) {
    return this.#time(document.createdAt);
  }

  /**
   * The deployment that a transaction pays for; null: none.
   *
   * @param {Document} transaction
   */
  paidDeployment(transaction) {
    return transaction.type === 'SPEND' && transaction.deploymentId != null
      ? idOf(transaction.deploymentId)
      : null;
  }

  /** @param {Document} transaction */
  #common(transaction) {
    const amount = this.amountOf(transaction);
    return {
      externalId: idOf(transaction._id),
      userId: idOf(transaction.userId),
      credits: decimal(amount < 0n ? -amount : amount),
      occurredAt: utcText(this.#time(transaction.createdAt)),
    };
  }

  /** @param {Document} transaction */
  #award(transaction) {
    const expiresAt = this.#expiryOf(transaction);
    return { type: 'award', ...this.#common(transaction), expiresAt, reason: transaction.note };
  }

  /** @param {Document} transaction */
  #purchase(transaction) {
    const purchase = {
      type: 'purchase',
      ...this.#common(transaction),
      expiresAt: this.#expiryOf(transaction),
    };
    return this.#priced(purchase, transaction.price, 'purchases');
  }

  /**
   * A deployment's own line says what it took.
   *
   * @param {Document} transaction
   */
  #spend(transaction) {
    if (transaction.deploymentId != null) return new Nothing('the charge of a deployment');
    const category = CATEGORIES[String(transaction.purpose)] ?? 'adjustment';
    return { type: 'spend', ...this.#common(transaction), category, pool: this.#pool(transaction) };
  }

  /**
   * Credits that came back; from nowhere that is known, they are a gift, or a purchase where they had been bought.
   *
   * @param {Document} transaction
   * @param {IsBeforeOpening} isBeforeOpening
   */
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

  /**
   * @param {Document} transaction
   * @param {string} pool
   */
  #adjustment(transaction, pool) {
    return { type: 'spend', ...this.#common(transaction), category: 'adjustment', pool };
  }

  /**
   * @param {string} type
   * @param {Document} transaction
   * @param {Record<string, unknown>} more
   */
  #giveBack(type, transaction, more) {
    const { externalId, credits, occurredAt } = this.#common(transaction);
    return { type, externalId, credits, occurredAt, ...more };
  }

  /**
   * @param {Line} purchase
   * @param {unknown} price
   * @param {string} what
   * @returns {Line}
   * @throws Error where there is no price, and none may be worked out
   */
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

  /** @param {Document} transaction */
  #expiryOf({ expiresAt }) {
    return expiresAt == null ? undefined : utcText(this.#time(expiresAt));
  }

  /** @param {Document} transaction */
  #pool(transaction) {
    return this.#word('pool', POOLS, transaction.pool, 'it says nothing of the pool');
  }

  /**
   * @template Meaning
   * @param {string} field
   * @param {Readonly<Record<string, Meaning>>} words
   * @param {unknown} word
   * @param {string} consequence
   * @returns what the word stands for; undefined where there is none, or where it is unknown, which is told
   */
  #word(field, words, word, consequence) {
    if (word == null) return undefined;
    const text = typeof word === 'string' ? word : shown(word);
    if (Object.hasOwn(words, text)) return words[text];
    this.#report.loss(`${field} ${shown(word)}`, `unknown, so ${consequence}`);
    return undefined;
  }

  /** @param {unknown} value */
  #micros(value) {
    return micros(value, () => this.#report.note('binary fractions', 'with more than 6 places, rounded'));
  }
}
