/** Links of the page. Each link changes the current address, not the address at the time when it was created. */

import { go, linkTo, onMove } from '../address/location.js';
import { h } from './element.js';

/** @typedef {Partial<import('../address/address.js').Address>} Change */

/** The change of each link. @type {WeakMap<Element, Change>} */
const changes = new WeakMap();

/**
 * @param {Change} change
 * @param {import('./element.js').Attributes} attributes
 * @param {...(import('./element.js').Child)} children
 * @returns {HTMLAnchorElement} opens the address without reloading the page; opening it in another tab works as usual
 */
export function addressLink(change, attributes, ...children) {
  const onclick = (/** @type {MouseEvent} */ event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(change);
  };
  const link = h('a', { ...attributes, href: linkTo(change), 'data-address-link': '', onclick }, ...children);
  changes.set(link, change);
  return link;
}

onMove(() => {
  for (const link of document.querySelectorAll('a[data-address-link]')) {
    link.setAttribute('href', linkTo(changes.get(link) ?? {}));
  }
});
