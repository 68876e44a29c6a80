/** The range of dates and the time zone of its days. */

import { PRESETS } from '../../address/ranges.js';
import { go, here } from '../../address/location.js';
import { datesForm } from '../../dom/dates-form.js';
import { disclosure } from '../../dom/disclosure.js';
import { freshId, h } from '../../dom/element.js';
import { today } from '../../exact/time.js';
import { rangeOf, rangeText } from '../question.js';

/** @typedef {import('../../api/settings.js').Platform} Platform */
/** @typedef {import('../../address/ranges.js').Preset} Preset */

/** @param {Platform} platform */
export function rangePicker(platform) {
  const picker = disclosure({
    label: 'Range',
    symbol: 'calendar',
    kind: 'range',
    content: (close) => rangeForm(platform, close),
  });
  return {
    element: picker.element,
    show(/** @type {import('../question.js').Question} */ { address, range }) {
      const text = address.range === null ? rangeText(range) : PRESETS[address.range];
      picker.show(text);
    },
  };
}

/**
 * @param {Platform} platform
 * @param {() => void} close
 * @returns {HTMLElement}
 */
function rangeForm(platform, close) {
  const address = here();
  const presets = /** @type {[Preset, string][]} */ (Object.entries(PRESETS)).map(([preset, text]) => {
    const choose = () => {
      go({ range: preset, startDate: null, endDate: null });
      close();
    };
    const isChosen = address.range === preset;
    return h(
      'button',
      { type: 'button', class: 'option', 'aria-pressed': String(isChosen), onclick: choose },
      text,
    );
  });
  return h(
    'div',
    { class: 'range-form' },
    h('div', { class: 'options' }, ...presets),
    rangeDates(platform, close),
    zoneField(platform),
  );
}

/**
 * @param {Platform} platform
 * @param {() => void} close
 * @returns {HTMLFormElement}
 */
function rangeDates(platform, close) {
  const address = here();
  const range = rangeOf(address, today(address.timeZone ?? platform.timeZone, new Date()));
  return datesForm({
    first: range?.first ?? null,
    last: range?.last ?? null,
    onChoose(startDate, endDate) {
      go({ range: startDate === null && endDate === null ? 'all' : null, startDate, endDate });
      close();
    },
  });
}

/**
 * @param {Platform} platform
 * @returns {HTMLElement}
 */
function zoneField(platform) {
  const chosen = here().timeZone ?? platform.timeZone;
  const id = freshId();
  const select = h(
    'select',
    { id, onchange: () => go({ timeZone: select.value === platform.timeZone ? null : select.value }) },
    ...zones(platform.timeZone, chosen).map((zone) =>
      h(
        'option',
        { value: zone, selected: zone === chosen },
        zone === platform.timeZone ? `${zone} (the platform’s)` : zone,
      ),
    ),
  );
  return h('label', { class: 'field', for: id }, h('span', {}, 'Time zone of the days'), select);
}

/**
 * @param {string} platformZone
 * @param {string} chosen
 * @returns {string[]} the platform's first, then the browser's own, then all
 */
function zones(platformZone, chosen) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([platformZone, own, chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
