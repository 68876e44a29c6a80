/** Links between views. */

import { go } from './location.js';

/**
 * Goes where a link of the page leads, without loading it anew; opening it in another tab stays what it is.
 *
 * @param {MouseEvent} event
 * @param {Partial<import('./address.js').Address>} change
 */
export function follow(event, change) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(change);
}
