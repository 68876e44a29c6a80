/** Picks modules: all, or some found by a search; there can be thousands. */

import { go } from '../../address/location.js';
import { get } from '../../api/client.js';
import { IdPicker } from '../../dom/id-picker.js';

/** @typedef {import('../../address/address.js').Address} Address */
/** @typedef {import('../../api/revenue.js').Schemas['ModuleList']} ModuleList */
/** @typedef {import('../../api/revenue.js').Schemas['Module']} ModuleOfCatalogue */

/**
 * @param {import('../../session/rights.js').Rights} rights
 * @returns {{ element: HTMLElement, show: (address: Address) => void, close: () => void }}
 */
export function modulePicker({ reads }) {
  const picker = new IdPicker({
    label: 'Modules',
    symbol: 'layers',
    allText: 'All Modules',
    onChoose: (moduleIds) => go({ moduleIds, exceptModuleIds: [] }),
    onLeaveOut: (exceptModuleIds) => go({ moduleIds: [], exceptModuleIds }),
    async find(text, cursor, signal, limit) {
      const mine = reads === 'partner' ? 'true' : null;
      const query = { q: text === '' ? null : text, mine, cursor, limit: limit?.toString() };
      /** @type {ModuleList} */
      const { data, page } = await get('modules', { query, signal });
      const items = data.map(({ id, name, archived }) => ({
        id,
        label: name,
        note: archived ? `${id} · archived` : id,
      }));
      return { items, cursor: page.nextCursor };
    },
    async labelOf(id) {
      /** @type {ModuleOfCatalogue} */
      const { name } = await get(`modules/${encodeURIComponent(id)}`);
      return name;
    },
  });
  return {
    element: picker.element,
    show({ moduleIds, exceptModuleIds }) {
      if (moduleIds.length === 0 && exceptModuleIds.length > 0) void picker.showLeftOut(exceptModuleIds);
      else void picker.show(moduleIds);
    },
    close: () => picker.close(),
  };
}
