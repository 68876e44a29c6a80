/** The link that clears the filter. */

import { go } from '../../address/location.js';
import { h } from '../../dom/element.js';

/** @typedef {import('../../address/address.js').Address} Address */

/** A filter that excludes nothing, in the platform's own time zone. @satisfies {Partial<Address>} */
const NO_FILTER = {
  moduleIds: [],
  exceptModuleIds: [],
  partnerIds: [],
  owner: null,
  includeFree: false,
  timeZone: null,
};

/**
 * @param {() => void} [onCleared] resets controls that do not follow the address
 * @returns {HTMLElement}
 */
export function clearLink(onCleared) {
  const clear = () => {
    go(NO_FILTER);
    onCleared?.();
  };
  return h('button', { type: 'button', class: 'button quiet', onclick: clear }, 'Clear filter');
}

/**
 * @param {Address} address
 * @returns {boolean} whether there is anything to clear
 */
export function isFiltered({ moduleIds, exceptModuleIds, partnerIds, owner, includeFree, timeZone }) {
  const ids = moduleIds.length + exceptModuleIds.length + partnerIds.length;
  return ids > 0 || owner !== null || includeFree || timeZone !== null;
}
