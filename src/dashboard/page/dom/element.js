/** Creates the page's elements. Text is always inserted as text, so no value of the service can become markup. */

/** @typedef {Node | string | null | false | undefined} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes] as in HTML; `onclick` and similar add listeners, false and null omit the attribute
 * @param {...(Child | readonly Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, String(value));
  }
  put(element, ...children);
  return element;
}

/**
 * Replaces the children of an element.
 *
 * @param {Element} element
 * @param {...(Child | readonly Child[])} children
 */
export function put(element, ...children) {
  element.replaceChildren(.../** @type {(Node | string)[]} */ (children.flat().filter(isThere)));
}

/**
 * @param {unknown} child
 * @returns {boolean}
 */
function isThere(child) {
  return child !== null && child !== false && child !== undefined && child !== '';
}

/**
 * A name that a user chose. Its direction of writing does not affect the text around it.
 *
 * @param {string} text
 * @param {Attributes} [attributes]
 * @returns {HTMLElement}
 */
export function name(text, attributes = {}) {
  return h('bdi', { dir: 'auto', ...attributes }, text);
}

const SVG = 'http://www.w3.org/2000/svg';

/** @type {Record<string, string>} */
const ICONS = {
  calendar: 'M4 6.5h12M6.5 3v3M13.5 3v3M4 5h12v11H4z',
  chevron: 'M6 8l4 4 4-4',
  close: 'M5 5l10 10M15 5L5 15',
  columns: 'M3.5 4h13v12h-13zM8 4v12M12.5 4v12',
  download: 'M10 3.5v9M6 9l4 4 4-4M4 16.5h12',
  globe: 'M10 3a7 7 0 100 14 7 7 0 000-14zM3 10h14M10 3c-4 4-4 10 0 14M10 3c4 4 4 10 0 14',
  layers: 'M10 3l7 4-7 4-7-4zM3 11l7 4 7-4',
  next: 'M8 5l5 5-5 5',
  people:
    'M7.5 9.5a3 3 0 100-6 3 3 0 000 6zM2.5 16.5c0-3 2-5 5-5s5 2 5 5M13 9.5a2.5 2.5 0 100-5M14 11.5c2.200.4 3.5 2.200 3.5 5',
  previous: 'M12 5l-5 5 5 5',
  print: 'M6 8V3.5h8V8M6 14H3.5V8h13v6H14M6 11.5h8v5H6z',
  warning: 'M10 3.5l7.5 13h-15zM10 8.5v3.5M10 14.300v.2',
  offline:
    'M3 3l14 14M5 12a7 7 0 012-1.5M13 10.5a7 7 0 012 1.5M10 16v.1M2.5 9a10 10 0 013-2M17.5 9a10.5 10.5 0 00-6-3',
};

/**
 * @param {keyof typeof ICONS} which
 * @returns {SVGSVGElement} hidden from screen readers
 */
export function icon(which) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[which] ?? '');
  svg.append(path);
  return svg;
}

let ids = 0;

/** @returns {string} an id that no other element has */
export function freshId() {
  return `x${(ids += 1)}`;
}
