/** The explanation of a row for people who are not accountants: the credits that paid, their price, and the share. */

import { readExplanation } from '../api/revenue.js';
import { here } from '../address/location.js';
import { h, name } from '../dom/element.js';
import { customerTarget, placeLink } from '../dom/place-link.js';
import { instantName } from '../exact/time.js';
import { arithmetic } from './arithmetic.js';
import { creditsBar } from './credits-bar.js';
import { movements } from './movements.js';
import { payments } from './payments.js';
import { sentence } from './sentence.js';
import { isFull } from './story.js';

/** @typedef {import('../api/revenue.js').Explanation} Explanation */
/** @typedef {import('../api/revenue.js').Schemas['FullExplanation']} FullExplanation */

/**
 * @param {string} deploymentId
 * @param {import('../api/settings.js').Platform} platform
 * @param {AbortSignal} signal
 * @returns {Promise<import('../app/drawer.js').Content>}
 */
export async function explanationContent(deploymentId, platform, signal) {
  const story = await readExplanation(deploymentId, signal);
  const timeZone = here().timeZone ?? platform.timeZone;
  return {
    title: name(story.moduleName),
    body: [
      h(
        'p',
        { class: 'subtitle' },
        'Deployed ',
        h(
          'time',
          { datetime: story.createdAt, title: story.createdAt },
          instantName(story.createdAt, timeZone),
        ),
        ' · ',
        h('code', {}, story.deploymentId),
      ),
      h('p', { class: 'sentence' }, ...sentence(story)),
      section('The credits', creditsBar(story)),
      section('What they cost', payments(story, timeZone)),
      section('From the price to the revenue', arithmetic(story)),
      movements(story, timeZone).length > 0 && section('What happened later', ...movements(story, timeZone)),
      isFull(story) && section('The customer', customer(story)),
    ],
  };
}

/**
 * @param {string} title
 * @param {...Node} content
 * @returns {HTMLElement}
 */
function section(title, ...content) {
  return h('section', { class: 'chapter' }, h('h3', {}, title), ...content);
}

/**
 * @param {FullExplanation} story
 * @returns {HTMLElement}
 */
function customer({ userId = '', userEmail = null, balanceBefore, balanceAfter }) {
  const row = (
    /** @type {string} */ title,
    /** @type {FullExplanation['balanceBefore']} */ { free, purchased, unpaid },
  ) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, title),
      ...[free, purchased, unpaid].map((text) => h('td', { class: 'num' }, text)),
    );
  return h(
    'div',
    {},
    h('p', {}, placeLink(customerTarget(userId), {}, name(userEmail ?? userId)), ' ', h('code', {}, userId)),
    h(
      'table',
      { class: 'plain' },
      h('caption', { class: 'sr' }, 'The customer’s credits before and after the deployment'),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, 'Credits'),
          ...['Free', 'Purchased', 'Unpaid'].map((text) => h('th', { scope: 'col', class: 'num' }, text)),
        ),
      ),
      h('tbody', {}, row('Before', balanceBefore), row('After', balanceAfter)),
    ),
  );
}
