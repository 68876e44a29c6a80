/** A customer's credits, for finance and admin: balance, lots, history. */

import { get } from '../api/client.js';
import { here } from '../address/location.js';
import { h, name } from '../dom/element.js';
import { balanceFigures, lotsTable } from './balance-content.js';
import { historyList, readCreditHistory } from './history-list.js';

/** @typedef {import('../api/revenue.js').Schemas['User']} User */
/** @typedef {import('./balance-content.js').Balance} Balance */

/**
 * @param {string} userId
 * @param {import('../api/settings.js').Platform} platform
 * @param {AbortSignal} signal
 * @returns {Promise<import('../app/drawer.js').Content>}
 */
export async function customerContent(userId, platform, signal) {
  const [user, balance, history] = await Promise.all([
    /** @type {Promise<User>} */ (get(`users/${encodeURIComponent(userId)}`, { signal })),
    /** @type {Promise<Balance>} */ (get('credits/balance', { query: { userId }, signal })),
    readCreditHistory({ userId }, null, signal),
  ]);
  const timeZone = here().timeZone ?? platform.timeZone;
  const shown = { currency: platform.currency, timeZone };
  return {
    title: name(user.name ?? user.email ?? user.id),
    body: [
      h('p', { class: 'subtitle' }, user.email !== null && name(user.email), ' ', h('code', {}, user.id)),
      chapter('Credits now', balanceFigures(balance)),
      chapter('Lots', lotsTable(balance, shown)),
      chapter('History', historyList(history, userId, timeZone)),
    ],
  };
}

/**
 * @param {string} title
 * @param {Node} content
 */
function chapter(title, content) {
  return h('section', { class: 'chapter' }, h('h3', {}, title), content);
}
