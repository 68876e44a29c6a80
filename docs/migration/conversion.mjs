// @ts-check
// Goes through an export, one document at a time, and gives import lines or balances.
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Nothing } from './mapping.mjs';
import { idOf } from './values.mjs';

/** @typedef {import('./report.mjs').Document} Document */

const REQUIRED = ['users', 'modules', 'deployments', 'creditTransactions'];
const OPENING = 'openingBalances';

/**
 * @param {string} folder
 * @param {boolean} hasBalancesOnly
 * @returns the files that an export lacks
 */
export function missingFiles(folder, hasBalancesOnly) {
  const wanted = hasBalancesOnly ? ['users'] : REQUIRED;
  return wanted.map((collection) => fileOf(folder, collection)).filter((file) => !existsSync(file));
}

export class Conversion {
  #folder;
  #mapping;
  #report;
  /**
   * When the history of a user begins, for those who have an opening balance.
   *
   * @type {Map<string, bigint>}
   */
  #openedAt = new Map();
  /** @type {Set<string>} */
  #knownUsers = new Set();
  /**
   * What deployments took that have no line yet.
   *
   * @type {Map<string, bigint>}
   */
  #costs = new Map();
  /**
   * Ids of what happened before its user's opening balance.
   *
   * @type {Set<string>}
   */
  #beforeOpening = new Set();

  /** @param {{ folder: string, mapping: import('./mapping.mjs').Mapping, report: import('./report.mjs').Report }} options */
  constructor({ folder, mapping, report }) {
    this.#folder = folder;
    this.#mapping = mapping;
    this.#report = report;
  }

  /** The table of what users have in the old store. */
  async *balances() {
    yield 'userId,free,purchased,unpaid\n';
    yield* this.#each('users', (user) => {
      const row = this.#mapping.balanceRow(user);
      this.#report.took('users', 'balances');
      return [`${row.join(',')}\n`];
    });
  }

  /** Import lines, in an order in which whatever a line names comes before it. */
  async *lines() {
    yield* this.#each('users', (user) => {
      const line = this.#mapping.userLine(user);
      this.#knownUsers.add(line.id);
      return this.#texts('users', [line]);
    });
    yield* this.#each(OPENING, (opening) => {
      const lines = this.#mapping.openingLines(opening);
      this.#openedAt.set(idOf(opening.userId), this.#mapping.timeOf({ createdAt: opening.at }));
      return this.#texts(OPENING, [...this.#deletedUser(idOf(opening.userId)), ...lines]);
    });
    yield* this.#each('modules', (module) => this.#moduleLines(module));
    await this.#lookAhead();
    yield* this.#each('deployments', (deployment) => this.#deploymentLines(deployment));
    yield* this.#each('creditTransactions', (transaction) => this.#transactionLines(transaction));
  }

  /** @param {Document} module */
  #moduleLines(module) {
    const line = this.#mapping.moduleLine(module);
    const owner = line.partnerId === null ? [] : this.#deletedUser(line.partnerId, ['partner']);
    return this.#texts('modules', [...owner, line]);
  }

  /** @param {Document} deployment */
  #deploymentLines(deployment) {
    const id = idOf(deployment._id);
    if (this.#isInOpening(deployment)) {
      this.#beforeOpening.add(id);
      this.#costs.delete(id);
      this.#report.took('deployments', 'part of an opening balance');
      return [];
    }
    const line = this.#mapping.deploymentLine(deployment, this.#costs.get(id) ?? 0n);
    this.#costs.delete(id);
    return this.#texts('deployments', [...this.#deletedUser(line.userId), line]);
  }

  /** @param {Document} transaction */
  #transactionLines(transaction) {
    if (this.#isInOpening(transaction)) {
      this.#report.took('creditTransactions', 'part of an opening balance');
      return [];
    }
    const deploymentId = this.#mapping.paidDeployment(transaction);
    if (deploymentId !== null && this.#costs.has(deploymentId)) {
      throw new Error(`it paid for deployment ${deploymentId}, of which deployments.ndjson gives no line`);
    }
    const line = this.#mapping.transactionLine(transaction, (id) => this.#beforeOpening.has(id));
    if (line instanceof Nothing) {
      this.#report.took('creditTransactions', line.reason);
      return [];
    }
    return this.#texts('creditTransactions', [...this.#deletedUser(idOf(transaction.userId)), line]);
  }

  /** What deployments took, and what came before an opening. What is wrong with a document is told by its own line. */
  async #lookAhead() {
    for await (const { document } of this.#documents('creditTransactions')) {
      try {
        const amount = this.#mapping.amountOf(document);
        if (this.#isInOpening(document)) this.#beforeOpening.add(idOf(document._id));
        const id = this.#mapping.paidDeployment(document);
        if (id !== null && amount < 0n) this.#costs.set(id, (this.#costs.get(id) ?? 0n) - amount);
      } catch {
        continue;
      }
    }
  }

  /**
   * People whom the old platform has deleted bought credits, deployed and owned modules all the same.
   *
   * @param {string} userId
   * @param {readonly string[]} roles
   */
  #deletedUser(userId, roles = []) {
    if (this.#knownUsers.has(userId)) return [];
    this.#knownUsers.add(userId);
    const what = roles.length === 0 ? 'deleted users' : 'deleted owners of modules';
    this.#report.note(what, 'not in users.ndjson, recorded by their ids alone');
    return [{ type: 'user', id: userId, roles }];
  }

  /** @param {Document} document */
  #isInOpening(document) {
    const openedAt = this.#openedAt.get(idOf(document.userId));
    return openedAt !== undefined && this.#mapping.timeOf(document) <= openedAt;
  }

  /**
   * @param {string} collection
   * @param {readonly { readonly type: string }[]} lines
   */
  #texts(collection, lines) {
    for (const { type } of lines) this.#report.took(collection, `${type} lines`);
    return lines.map((line) => `${JSON.stringify(line)}\n`);
  }

  /**
   * What each document of a collection gives; what nothing can be made of is left out, and told.
   *
   * @param {string} collection
   * @param {(document: Document) => string[]} give
   */
  async *#each(collection, give) {
    for await (const { document, place, complaint } of this.#documents(collection)) {
      this.#report.document(collection);
      try {
        if (complaint !== null) throw new Error(complaint);
        const kind = collection === 'creditTransactions' ? String(document.type) : '';
        yield* give(this.#report.watched(collection, document, kind));
      } catch (error) {
        this.#report.leaveOut(collection, place, messageOf(error));
      }
    }
  }

  /** @param {string} collection */
  async *#documents(collection) {
    const file = fileOf(this.#folder, collection);
    if (collection === OPENING && !existsSync(file)) return;
    let number = 0;
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number += 1;
      const json = number === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (json.trim() === '') continue;
      yield { place: `${collection}.ndjson line ${number}`, ...parsed(json) };
    }
  }
}

/**
 * @param {string} json
 * @returns {{ document: Document, complaint: string | null }}
 */
function parsed(json) {
  try {
    /** @type {unknown} */
    const document = JSON.parse(json);
    const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
    return isObject
      ? { document: /** @type {Document} */ (document), complaint: null }
      : { document: {}, complaint: 'it is no JSON object; export one document a line' };
  } catch (error) {
    return { document: {}, complaint: messageOf(error) };
  }
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * @param {string} folder
 * @param {string} collection
 */
function fileOf(folder, collection) {
  return join(folder, `${collection}.ndjson`);
}
