/** Picks the owners of modules: all, only partners, only the platform, or some partners. */

import { go, here } from '../../address/location.js';
import { get } from '../../api/client.js';
import { readSummary } from '../../api/revenue.js';
import { h } from '../../dom/element.js';
import { IdPicker } from '../../dom/id-picker.js';
import { searchText } from '../../dom/search-text.js';

/** @typedef {import('../../address/address.js').Address} Address */
/** @typedef {NonNullable<Address['owner']>} Owner */
/** @typedef {import('../../dom/id-picker.js').Item} Item */

const OWNER_TEXTS = /** @type {const} */ ({ partner: 'Partners only', platform: 'The platform’s own' });
/** A longer list is searched instead of shown. */
const MOST_SHOWN = 200;

/** @returns {{ element: HTMLElement, show: (address: Address) => void, close: () => void }} */
export function partnerPicker() {
  /** All partners with deployed modules. @type {Promise<Item[]> | null} */
  let partners = null;
  const picker = new IdPicker({
    label: 'Partners',
    symbol: 'people',
    allText: 'All partners',
    onChoose: (partnerIds) => go({ partnerIds, owner: null }),
    extra: ownerButtons,
    async find(text) {
      partners ??= readPartners();
      partners.catch(() => (partners = null));
      const wanted = searchText(text);
      const found = (await partners).filter(({ id, label }) => searchText(`${label} ${id}`).includes(wanted));
      return { items: found.slice(0, MOST_SHOWN), cursor: null };
    },
    async labelOf(id) {
      /** @type {import('../../api/revenue.js').Schemas['User']} */
      const { name, email } = await get(`users/${encodeURIComponent(id)}`);
      return name ?? email ?? id;
    },
  });
  return {
    element: picker.element,
    show({ partnerIds, owner }) {
      void picker.show(partnerIds, owner !== null && partnerIds.length === 0 ? OWNER_TEXTS[owner] : '');
    },
    close: () => picker.close(),
  };
}

/** @returns {Promise<Item[]>} */
async function readPartners() {
  const { data } = await readSummary({ includeFree: 'true' }, 'partner');
  return data.flatMap(({ key, label }) => (key === null ? [] : [{ id: key, label, note: key }]));
}

/** @returns {HTMLElement} */
function ownerButtons() {
  const buttons = /** @type {Owner[]} */ (Object.keys(OWNER_TEXTS)).map((owner) => {
    const isChosen = here().owner === owner;
    const choose = () => {
      go({ owner, partnerIds: [] });
      for (const one of buttons) one.setAttribute('aria-pressed', String(one === button));
    };
    const button = h(
      'button',
      { type: 'button', class: 'option', 'aria-pressed': String(isChosen), onclick: choose },
      OWNER_TEXTS[owner],
    );
    return button;
  });
  return h('div', { class: 'options two' }, ...buttons);
}
