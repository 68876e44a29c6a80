/** Links of the page: each a change of the address as it is at the moment, whatever it was when the link was made. */

import { go, linkTo, onMove } from '../address/location.js';
import { h } from './element.js';

/** @typedef {Partial<import('../address/address.js').Address>} Change */

/** What each link changes. @type {WeakMap<Element, Change>} */
const changes = new WeakMap();

/**
 * @param {Change} change
 * @param {import('./element.js').Attributes} attributes
 * @param {...(import('./element.js').Child)} children
 * @returns {HTMLAnchorElement} goes there without loading the page anew; opening it in another tab stays what it is
 */
export function way(change, attributes, ...children) {
  const onclick = (/** @type {MouseEvent} */ event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(change);
  };
  const link = h('a', { ...attributes, href: linkTo(change), 'data-way': '', onclick }, ...children);
  changes.set(link, change);
  return link;
}

onMove(() => {
  for (const link of document.querySelectorAll('a[data-way]')) {
    link.setAttribute('href', linkTo(changes.get(link) ?? {}));
  }
});
