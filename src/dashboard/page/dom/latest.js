/** Loads data into a part of the page. Only the latest request counts, whatever the order of the responses. */

import { isAborted } from '../api/client.js';

/** After this time the page shows that loading continues. */
const SLOW_MS = 3000;

/**
 * @param {HTMLElement} element is `aria-busy` while loading, and `slow` if it takes long
 * @returns {{ load: <T>(ask: (signal: AbortSignal) => Promise<T>, show: (answer: T) => void, fail: (error: unknown) =>
 *   void) => Promise<void>, stop: () => void }}
 */
export function latest(element) {
  let controller = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let slow;
  const stop = () => {
    controller.abort();
    clearTimeout(slow);
    element.classList.remove('slow');
  };
  return {
    stop,
    async load(ask, show, fail) {
      stop();
      controller = new AbortController();
      const { signal } = controller;
      element.setAttribute('aria-busy', 'true');
      slow = setTimeout(() => element.classList.add('slow'), SLOW_MS);
      try {
        const answer = await ask(signal);
        if (!signal.aborted) show(answer);
      } catch (error) {
        if (!signal.aborted && !isAborted(error)) fail(error);
      } finally {
        if (!signal.aborted) {
          stop();
          element.setAttribute('aria-busy', 'false');
        }
      }
    },
  };
}
