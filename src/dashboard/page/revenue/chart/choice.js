/** Options side by side, one of which is chosen: radio buttons that look like one control. */

import { freshId, h } from '../../dom/element.js';

/**
 * @template {string} T
 * @param {string} label
 * @param {readonly (readonly [T, string])[]} options
 * @param {(value: T) => void} onChoose
 * @returns {{ element: HTMLElement, choose: (value: T) => void }}
 */
export function choice(label, options, onChoose) {
  const group = freshId();
  const inputs = options.map(([value, text]) => {
    const input = h('input', { type: 'radio', name: group, value, onchange: () => onChoose(value) });
    return { value, input, element: h('label', {}, input, h('span', {}, text)) };
  });
  const element = h(
    'fieldset',
    { class: 'choice' },
    h('legend', { class: 'sr' }, label),
    ...inputs.map((one) => one.element),
  );
  return {
    element,
    choose(value) {
      for (const one of inputs) one.input.checked = one.value === value;
    },
  };
}
