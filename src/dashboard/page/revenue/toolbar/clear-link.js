/** The way back to everything that the caller may see. */

import { go } from '../../address/location.js';
import { h } from '../../dom/element.js';

/** @returns {HTMLElement} */
export function clearLink() {
  const clear = () => go({ moduleIds: [], partnerIds: [], owner: null, includeFree: false });
  return h('button', { type: 'button', class: 'button quiet', onclick: clear }, 'Clear filter');
}
