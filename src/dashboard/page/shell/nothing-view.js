/** The view for a token without rights to any other view. */

import { h } from '../dom/element.js';

/**
 * @param {import('../session/rights.js').Rights} rights
 * @returns {import('./shell.js').View}
 */
export function nothingView({ roles }) {
  const why =
    roles.length === 0
      ? 'Your token contains no role of this service.'
      : `Your token is for a back end (${roles.join(', ')}). It can record entries, but it cannot read reports.`;
  const element = h(
    'section',
    { class: 'problem' },
    h('h1', {}, 'Nothing to show here'),
    h('p', {}, why, ' Sign in as a partner, or with a finance role, to see revenue.'),
  );
  return { element, close: () => undefined };
}
