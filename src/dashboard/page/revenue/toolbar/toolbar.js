/** The filter of the view, and the buttons to export and print. */

import { go, here } from '../../address/location.js';
import { h } from '../../dom/element.js';
import { seesEverybody } from '../../session/rights.js';
import { clearLink, isFiltered } from './clear-link.js';
import { exportButton } from './export-button.js';
import { modulePicker } from './module-picker.js';
import { partnerPicker } from './partner-picker.js';
import { printButton } from './print-button.js';
import { rangePicker } from './range-picker.js';

/** @typedef {import('../question.js').Question} Question */
/** @typedef {import('../../api/client.js').Query} Query */
/** @typedef {import('../../api/revenue.js').Report} Report */

/**
 * @param {import('../../session/rights.js').Rights} rights
 * @param {import('../../api/settings.js').Platform} platform
 * @param {(signal: AbortSignal) => Promise<void>} print
 */
export function toolbar(rights, platform, print) {
  const range = rangePicker(platform);
  const modules = modulePicker(rights);
  const partners = seesEverybody(rights) ? partnerPicker() : null;
  const exporting = exportButton();
  const printing = printButton(print);
  const isFreeShown = h('input', {
    type: 'checkbox',
    onchange: () => go({ includeFree: isFreeShown.checked }),
  });
  const clear = h('span', { class: 'clear' }, clearLink());
  const element = h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'Filter' },
    range.element,
    modules.element,
    partners?.element,
    h(
      'label',
      { class: 'check inline', title: 'No purchased credits have paid for these, so they earned nothing' },
      isFreeShown,
      h('span', {}, 'Include deployments without revenue'),
    ),
    clear,
    exporting.element,
    printing.element,
  );
  return {
    element,
    printing,
    show(/** @type {Question} */ question) {
      range.show(question);
      const address = here();
      modules.show(address);
      partners?.show(address);
      isFreeShown.checked = address.includeFree;
      clear.hidden = !isFiltered(address);
    },
    offer(/** @type {Report} */ report, /** @type {Query} */ query) {
      exporting.offer(report, query);
      printing.offer();
    },
    withdraw() {
      exporting.withdraw();
      printing.withdraw();
    },
    close() {
      exporting.stop();
      printing.withdraw();
      modules.close();
      partners?.close();
    },
  };
}
