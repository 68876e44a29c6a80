/**
 * Prints the report on the screen with all its rows. It reads them first, because a browser does not wait while
 * printing.
 */

import { isAborted } from '../../api/client.js';
import { h, icon, put } from '../../dom/element.js';

/** @param {(signal: AbortSignal) => Promise<void>} print reads all rows and opens the browser's dialog */
export function printButton(print) {
  let isOffered = false;
  /** @type {AbortController | null} */
  let running = null;
  const button = h('button', { type: 'button', class: 'button', onclick: press });
  const status = h('p', { class: 'export-status', role: 'status' });
  show();

  function show() {
    put(button, icon(running ? 'close' : 'print'), running ? 'Cancel printing' : 'Print');
    button.setAttribute('aria-disabled', String(running === null && !isOffered));
  }
  function press() {
    if (running !== null) running.abort();
    else if (isOffered) void start();
  }
  async function start() {
    const controller = new AbortController();
    running = controller;
    show();
    put(status, 'Reading all rows to print …');
    try {
      await print(controller.signal);
      put(status);
    } catch (error) {
      const isUnwanted = controller.signal.aborted || isAborted(error);
      put(status, !isUnwanted && 'The rows could not be read, so nothing was printed. Try again.');
    } finally {
      running = null;
      show();
    }
  }

  return {
    element: h('div', { class: 'export printing' }, button, status),
    /** @returns {boolean} whether the button is enabled */
    get isReady() {
      return isOffered && running === null;
    },
    press,
    offer() {
      isOffered = true;
      show();
    },
    /** The report of a new question is not loaded yet, so there is nothing to print. */
    withdraw() {
      isOffered = false;
      running?.abort();
      put(status);
      show();
    },
  };
}
