// @ts-check
// Counts what was taken from where, and tells it.
import { BALANCE_FIELDS } from './mapping.mjs';

/** @typedef {Readonly<Record<string, unknown>>} Document one document of an export */

/** What is told of one collection. */
class CollectionCounts {
  documents = 0;
  leftOut = 0;
  /** How many lines of which type, or documents of which no line was made and why. */
  outcomes = new Counts();
  /**
   * Of each kind of document, how many have a field that is read.
   *
   * @type {Map<string, Counts>}
   */
  read = new Map();
  /**
   * The same of the fields that it has.
   *
   * @type {Map<string, Counts>}
   */
  unread = new Map();
}

/** @extends {Map<string, number>} */
class Counts extends Map {
  /**
   * @param {string} key
   * @param {number} count
   */
  add(key, count = 1) {
    this.set(key, (this.get(key) ?? 0) + count);
  }

  get text() {
    return [...this].map(([key, count]) => `${key} ${count}`).join(', ');
  }
}

export class Report {
  #write;
  /** @type {Map<string, CollectionCounts>} */
  #collections = new Map();
  #notes = new Counts();
  #losses = new Counts();

  /** @param {(line: string) => void} write takes each line of the report */
  constructor(write) {
    this.#write = write;
  }

  /** Whether something of the export is in no line. */
  get hasLosses() {
    return this.#losses.size > 0 || this.#leftOut > 0;
  }

  /**
   * Something that is worth a look: so many of `what` are `how`.
   *
   * @param {string} what
   * @param {string} how
   */
  note(what, how) {
    this.#notes.add(`${what}: ${how}`);
  }

  /**
   * A value that no line says.
   *
   * @param {string} what
   * @param {string} how
   */
  loss(what, how) {
    this.#losses.add(`${what}: ${how}`);
  }

  /** @param {string} collection */
  document(collection) {
    this.#countsOf(collection).documents += 1;
  }

  /**
   * @param {string} collection
   * @param {string} place
   * @param {string} reason
   */
  leaveOut(collection, place, reason) {
    this.#countsOf(collection).leftOut += 1;
    this.#write(`${place}: ${reason}`);
  }

  /**
   * @param {string} collection
   * @param {string} outcome
   * @param {number} count
   */
  took(collection, outcome, count = 1) {
    this.#countsOf(collection).outcomes.add(outcome, count);
  }

  /**
   * Gives a document whose fields are noted as they are read.
   *
   * @param {string} collection
   * @param {Document} document
   * @param {string} kind documents of one kind have the same fields
   */
  watched(collection, document, kind) {
    const counts = this.#countsOf(collection);
    const [read, unread] = [countsIn(counts.read, kind), countsIn(counts.unread, kind)];
    for (const field of Object.keys(document)) unread.add(field);
    /** @type {Set<string>} */
    const noted = new Set();
    return new Proxy(document, {
      get(target, field) {
        if (typeof field === 'symbol') return undefined;
        if (Object.hasOwn(target, field) && !noted.has(field)) {
          noted.add(field);
          read.add(field);
        }
        return target[field];
      },
    });
  }

  /**
   * @param {{ hasFields: boolean }} options
   *        hasFields: whether to tell which fields were read
   */
  print({ hasFields }) {
    for (const [collection, counts] of this.#collections) {
      const { documents, leftOut, outcomes } = counts;
      if (leftOut > 0) outcomes.add('left out', leftOut);
      this.#write(`${collection}.ndjson: ${documents} documents; ${outcomes.text || 'nothing'}`);
      if (hasFields) this.#printFields(collection, counts);
    }
    for (const [what, count] of [...this.#notes, ...this.#losses]) this.#write(`${what}: ${count}`);
    if (this.#leftOut > 0) this.#write(`${this.#leftOut} documents were left out.`);
  }

  /**
   * @param {string} collection
   * @param {CollectionCounts} counts
   */
  #printFields(collection, { read, unread }) {
    for (const [kind, fields] of unread) {
      const taken = countsIn(read, kind);
      const known = BALANCE_FIELDS[collection] ?? [];
      const never = new Counts([...fields].filter(([field]) => !taken.has(field) && !known.includes(field)));
      const rest = never.size === 0 ? '' : `; never read: ${never.text}`;
      this.#write(`  ${kind === '' ? '' : `${kind}: `}read: ${taken.text || 'nothing'}${rest}`);
    }
  }

  get #leftOut() {
    return [...this.#collections.values()].reduce((sum, { leftOut }) => sum + leftOut, 0);
  }

  /** @param {string} collection */
  #countsOf(collection) {
    const counts = this.#collections.get(collection) ?? new CollectionCounts();
    this.#collections.set(collection, counts);
    return counts;
  }
}

/**
 * @param {Map<string, Counts>} map
 * @param {string} key
 */
function countsIn(map, key) {
  const counts = map.get(key) ?? new Counts();
  map.set(key, counts);
  return counts;
}
