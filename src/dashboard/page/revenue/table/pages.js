/** The pages of a report that were read so far, and the next page, which is read ahead. */

/** @typedef {import('../../api/revenue.js').Report} Report */

export class Pages {
  /** @type {Report[]} */
  #read;
  #place = 0;
  /** @type {Promise<Report> | null} */
  #ahead = null;
  #isTurning = false;
  #reading = new AbortController();
  #readPage;

  /**
   * @param {Report} first
   * @param {(cursor: string, signal: AbortSignal) => Promise<Report>} readPage
   */
  constructor(first, readPage) {
    this.#read = [first];
    this.#readPage = (/** @type {string} */ cursor) => readPage(cursor, this.#reading.signal);
    this.#fetchAhead();
  }

  /** Ends the reading ahead; the pages are not used any more. */
  close() {
    this.#reading.abort();
  }

  /** @returns {Report} */
  get current() {
    return /** @type {Report} */ (this.#read[this.#place]);
  }

  /** @returns {number} number of rows before the current page */
  get firstRow() {
    return this.#read.slice(0, this.#place).reduce((rows, { data }) => rows + data.length, 0);
  }

  get hasPrevious() {
    return this.#place > 0;
  }

  get hasNext() {
    return this.current.page.nextCursor !== null;
  }

  /**
   * @param {1 | -1} step
   * @returns {Promise<boolean>} whether there was such a page
   */
  async turn(step) {
    if (this.#isTurning || (step < 0 ? !this.hasPrevious : !this.hasNext)) return false;
    this.#isTurning = true;
    try {
      if (this.#read[this.#place + step] === undefined) {
        const ahead = this.#ahead ?? this.#readPage(/** @type {string} */ (this.current.page.nextCursor));
        this.#ahead = null;
        this.#read.push(await ahead);
      }
      this.#place += step;
    } finally {
      this.#isTurning = false;
    }
    this.#fetchAhead();
    return true;
  }

  /** A page that could not be read ahead is read again when the user opens it. */
  #fetchAhead() {
    const { nextCursor } = this.current.page;
    if (nextCursor === null || this.#ahead !== null || this.#place + 1 < this.#read.length) return;
    this.#ahead = this.#readPage(nextCursor);
    this.#ahead.catch(() => (this.#ahead = null));
  }
}
