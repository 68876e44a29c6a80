/** A button that opens a panel below itself. Escape, a click elsewhere or leaving the panel with Tab closes it. */

import { freshId, h, icon, put } from './element.js';

/**
 * @param {object} options
 * @param {string} options.label purpose of the button, for screen readers
 * @param {string} options.symbol the icon
 * @param {string} [options.kind] a class of the panel
 * @param {(close: () => void) => Node} options.content created each time the panel opens
 * @returns {{ element: HTMLElement, button: HTMLButtonElement, show: (text: Node | string) => void, close: () => void }}
 */
export function disclosure({ label, symbol, kind = '', content }) {
  const id = freshId();
  const shown = h('span', { class: 'pick-text' });
  const button = h(
    'button',
    { type: 'button', class: 'pick', 'aria-expanded': 'false', 'aria-controls': id, onclick: toggle },
    icon(symbol),
    h('span', { class: 'sr' }, `${label}: `),
    shown,
    icon('chevron'),
  );
  const panel = h('div', { id, class: `panel ${kind}`, role: 'group', 'aria-label': label, hidden: true });
  // Clicking an element that is not focusable, such as the name next to a checkbox, keeps the focus in here.
  const attributes = { class: 'disclosure', tabindex: -1, onkeydown: onKey, onfocusout: onLeave };
  const element = h('div', attributes, button, panel);

  function toggle() {
    if (panel.hidden) open();
    else close();
  }
  function open() {
    put(panel, content(closeAndReturn));
    panel.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    document.addEventListener('pointerdown', onPointer);
    panel.querySelector('input')?.focus({ preventScroll: true });
  }
  function close() {
    panel.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', onPointer);
  }
  function closeAndReturn() {
    close();
    button.focus();
  }
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.key !== 'Escape' || panel.hidden) return;
    event.stopPropagation();
    closeAndReturn();
  }
  /** @param {FocusEvent} event */
  function onLeave(event) {
    if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) close();
  }
  /** @param {PointerEvent} event */
  function onPointer(event) {
    if (event.target instanceof Node && !element.contains(event.target)) close();
  }
  return { element, button, show: (text) => put(shown, text), close };
}
