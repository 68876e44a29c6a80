/** The pages of a report that were read so far, and the next page, which is read ahead. */

import { signal, type ReadonlySignal } from '@preact/signals';
import type { Report } from '../../../api/revenue.js';

/** Between the page that is shown and the one that is wanted, all are read, because each names the next one. */
export class Pages {
  readonly #read: Report[];
  readonly #reading = new AbortController();
  readonly #readPage: (cursor: string) => Promise<Report>;
  readonly #shown = signal(1);
  readonly #isTurning = signal(false);
  readonly #error = signal<unknown>(null);
  #ahead: Promise<Report> | null = null;
  #wanted = 1;

  constructor(first: Report, readPage: (cursor: string, signal: AbortSignal) => Promise<Report>) {
    this.#read = [first];
    this.#readPage = (cursor) => readPage(cursor, this.#reading.signal);
    this.#fetchAhead();
  }

  /** The number of the page that is shown, from 1. */
  get shown(): ReadonlySignal<number> {
    return this.#shown;
  }

  get isTurning(): ReadonlySignal<boolean> {
    return this.#isTurning;
  }

  /** Why the page that is wanted cannot be read. */
  get error(): ReadonlySignal<unknown> {
    return this.#error;
  }

  get current(): Report {
    return this.#read[this.#shown.value - 1] as Report;
  }

  /** Number of rows before the page. */
  get firstRow(): number {
    return this.#read.slice(0, this.#shown.value - 1).reduce((rows, { data }) => rows + data.length, 0);
  }

  get hasNext(): boolean {
    return this.current.page.nextCursor !== null;
  }

  /** Ends all reading; the pages are not used any more. */
  close(): void {
    this.#reading.abort();
  }

  /** Shows a page, or the last one if there are fewer. */
  async turnTo(page: number): Promise<void> {
    this.#wanted = page;
    this.#error.value = null;
    if (this.#isTurning.value) return;
    this.#isTurning.value = true;
    try {
      while (this.#wanted > this.#read.length) {
        const { nextCursor } = this.#read[this.#read.length - 1]?.page ?? { nextCursor: null };
        if (nextCursor === null) break;
        const ahead = this.#ahead ?? this.#readPage(nextCursor);
        this.#ahead = null;
        this.#read.push(await ahead);
      }
      this.#shown.value = Math.min(this.#wanted, this.#read.length);
      this.#fetchAhead();
    } catch (error) {
      if (!this.#reading.signal.aborted) this.#error.value = error;
    } finally {
      this.#isTurning.value = false;
    }
  }

  /** A page that could not be read ahead is read again when the user opens it. */
  #fetchAhead(): void {
    const { nextCursor } = this.current.page;
    if (nextCursor === null || this.#ahead !== null || this.#shown.value < this.#read.length) return;
    const ahead = this.#readPage(nextCursor);
    this.#ahead = ahead;
    ahead.catch(() => {
      if (this.#ahead === ahead) this.#ahead = null;
    });
  }
}
