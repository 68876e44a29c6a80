/** What somebody sees whose token allows nothing that this page shows. */

import { h } from '../dom/element.js';

/**
 * @param {import('../session/rights.js').Rights} rights
 * @returns {import('./shell.js').View}
 */
export function nothingView({ roles }) {
  const why =
    roles.length === 0
      ? 'Your token carries no role that this service knows.'
      : `Your token is for a back end (${roles.join(', ')}): it records what happens, and reads no reports.`;
  const element = h(
    'section',
    { class: 'problem' },
    h('h1', {}, 'Nothing to show here'),
    h('p', {}, why, ' Sign in as a partner, or as somebody of finance, to see revenue.'),
  );
  return { element, close: () => undefined };
}
