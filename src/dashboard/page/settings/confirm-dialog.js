/** Asks for confirmation of a change that affects others. */

import { h } from '../dom/element.js';

/**
 * @param {{ title: string, text: string, action: string }} question
 * @returns {Promise<boolean>}
 */
export function confirmDialog({ title, text, action }) {
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      {
        class: 'confirm',
        'aria-labelledby': 'confirm-title',
        onclose: () => {
          dialog.remove();
          resolve(dialog.returnValue === 'yes');
        },
      },
      h(
        'form',
        { method: 'dialog' },
        h('h2', { id: 'confirm-title' }, title),
        h('p', {}, text),
        h(
          'p',
          { class: 'actions end' },
          h('button', { class: 'button', value: 'no', autofocus: true }, 'Cancel'),
          h('button', { class: 'button primary', value: 'yes' }, action),
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
