/** Links to another area of the page. */

import { goTo, hrefOf } from '../address/router.js';
import { h } from './element.js';

/**
 * @param {string} target of the router: `/customers/ann`
 * @param {import('./element.js').Attributes} attributes
 * @param {...(import('./element.js').Child)} children
 * @returns {HTMLAnchorElement} opens the address without reloading the page; opening it in another tab works as usual
 */
export function placeLink(target, attributes, ...children) {
  const onclick = (/** @type {MouseEvent} */ event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goTo(target);
  };
  return h('a', { ...attributes, href: hrefOf(target), onclick }, ...children);
}

/**
 * @param {string} userId
 * @returns {string} the address of a customer
 */
export function customerTarget(userId) {
  return `/customers/${encodeURIComponent(userId)}`;
}
