/** Which modules: all, or one or several that a search finds; there may be thousands. */

import { go } from '../../address/location.js';
import { get } from '../../api/client.js';
import { IdPicker } from '../../dom/id-picker.js';

/** @typedef {import('../../api/revenue.js').Schemas['ModuleList']} ModuleList */
/** @typedef {import('../../api/revenue.js').Schemas['Module']} ModuleOfCatalogue */

/**
 * @param {import('../../session/rights.js').Rights} rights
 * @returns {IdPicker}
 */
export function modulePicker({ reads }) {
  return new IdPicker({
    label: 'Modules',
    symbol: 'layers',
    allText: 'All Modules',
    onChoose: (moduleIds) => go({ moduleIds }),
    async find(text, cursor, signal) {
      const query = { q: text === '' ? null : text, mine: reads === 'partner' ? 'true' : null, cursor };
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
}
