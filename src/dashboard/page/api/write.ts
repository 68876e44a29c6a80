/** One write: sent once, or repeated with the same key, so that it happens at most once whatever gets lost. */

import { isAborted, isRefused, type Refusal } from './problem.js';

/** A write that takes longer is treated as lost. */
const LONGEST_WRITE_MS = 30_000;

/**
 * What became of a write. `unknown`: its answer was lost, even after a repetition, so nothing may be said about it but
 * that; `again` asks once more with the same key.
 */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly answer: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unknown'; readonly error: unknown; readonly again: () => Promise<Outcome<T>> };

/**
 * Sends a write with an `Idempotency-Key`. If the answer is lost, it sends the write again with the same key: the
 * service then returns the answer that it kept, or does the write now.
 *
 * @example
 * const outcome = await write((headers, signal) =>
 *   answerOf(api.POST('/api/credits/awards', { body, headers, signal })));
 */
export async function write<T>(
  sendIt: (headers: Readonly<Record<'Idempotency-Key', string>>, signal: AbortSignal) => Promise<T>,
): Promise<Outcome<T>> {
  const headers = { 'Idempotency-Key': crypto.randomUUID() };
  const attempt = async (repetitions: number): Promise<Outcome<T>> => {
    try {
      return { kind: 'done', answer: await sendIt(headers, AbortSignal.timeout(LONGEST_WRITE_MS)) };
    } catch (error) {
      if (isRefused(error)) return { kind: 'refused', refusal: error };
      if (repetitions > 0 && !isAborted(error)) return attempt(repetitions - 1);
      return { kind: 'unknown', error, again: () => attempt(1) };
    }
  };
  return attempt(1);
}
