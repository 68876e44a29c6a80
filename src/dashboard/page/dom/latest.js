/** Loading into a part of the page: the latest wish counts, whatever the order of the answers. */

import { isAborted } from '../api/client.js';

/** After this long a person is told that it goes on. */
const SLOW_MS = 3000;

/**
 * @param {HTMLElement} element is `aria-busy` meanwhile, and `slow` when it takes long
 * @returns {{ load: <T>(ask: (signal: AbortSignal) => Promise<T>, show: (answer: T) => void, fail: (error: unknown) => void) => Promise<void>, stop: () => void }}
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
