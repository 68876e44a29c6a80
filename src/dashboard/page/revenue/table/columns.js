/** The columns of the table: the default ones, and more to choose from. */

import { amount } from '../../dom/amount.js';
import { h, name } from '../../dom/element.js';
import { addressLink } from '../../dom/address-link.js';
import { customerTarget, placeLink } from '../../dom/place-link.js';
import { credits } from '../../exact/format.js';
import { instantName } from '../../exact/time.js';

/** @typedef {import('../../api/revenue.js').Row} Row */
/** @typedef {import('../../address/address.js').Address} Address */
/** @typedef {{ timeZone: string, currency: string }} Context */
/**
 * @typedef {object} Column
 * @property {string} id
 * @property {string} title
 * @property {Address['sort']} [sort] sort key of the service
 * @property {true} [isNumber]
 * @property {'everybody'} [onlyFor]
 * @property {true} [isUsual]
 * @property {(row: Row, context: Context) => Node | string} cell
 */

/** @type {readonly Column[]} */
const COLUMNS = [
  { id: 'moduleName', title: 'Module Name', sort: 'moduleName', isUsual: true, cell: whyLink },
  {
    id: 'createdAt',
    title: 'Created At',
    sort: 'createdAt',
    isUsual: true,
    cell: ({ createdAt }, { timeZone }) =>
      h('time', { datetime: createdAt, title: createdAt }, instantName(createdAt, timeZone)),
  },
  creditsColumn('creditCost', 'Credit Cost', 'creditCost'),
  moneyColumn('revenue', 'Revenue', 'revenue'),
  moneyColumn('grossRevenue', 'Gross Revenue'),
  { ...moneyColumn('platformRevenue', 'Platform Keeps'), onlyFor: 'everybody' },
  creditsColumn('freeCredits', 'Free Credits'),
  creditsColumn('purchasedCredits', 'Purchased Credits'),
  creditsColumn('unpaidCredits', 'Unpaid Credits'),
  creditsColumn('refundedCredits', 'Refunded Credits'),
  {
    id: 'partner',
    title: 'Partner',
    onlyFor: 'everybody',
    isUsual: true,
    cell: ({ partnerId = null, partnerEmail = null }) =>
      partnerId === null
        ? h('span', { class: 'hint' }, 'platform')
        : name(partnerEmail ?? partnerId, { title: partnerId }),
  },
  { id: 'customer', title: 'Customer', onlyFor: 'everybody', isUsual: true, cell: customerLink },
  { id: 'deploymentId', title: 'Deployment ID', cell: ({ deploymentId }) => h('code', {}, deploymentId) },
];

/**
 * @param {boolean} seesEverybody
 * @returns {readonly Column[]} the columns in the caller's reports
 */
export function columnsFor(seesEverybody) {
  return COLUMNS.filter(({ onlyFor }) => onlyFor === undefined || seesEverybody);
}

/**
 * @param {readonly Column[]} all
 * @param {readonly string[] | null} ids null: the default columns
 * @returns {readonly Column[]} in the order of `all`, always with the module
 */
export function chosenColumns(all, ids) {
  return all.filter(({ id, isUsual }) => id === 'moduleName' || (ids === null ? isUsual : ids.includes(id)));
}

/**
 * @param {'creditCost' | 'freeCredits' | 'purchasedCredits' | 'unpaidCredits' | 'refundedCredits'} id
 * @param {string} title
 * @param {Address['sort']} [sort]
 * @returns {Column}
 */
function creditsColumn(id, title, sort) {
  return {
    id,
    title,
    isNumber: true,
    ...(sort ? { sort, isUsual: true } : {}),
    cell: (row) => credits(row[id]),
  };
}

/**
 * @param {'revenue' | 'grossRevenue' | 'platformRevenue'} id
 * @param {string} title
 * @param {Address['sort']} [sort]
 * @returns {Column}
 */
function moneyColumn(id, title, sort) {
  return {
    id,
    title,
    isNumber: true,
    ...(sort ? { sort, isUsual: true } : {}),
    cell: (row, { currency }) => amount(row[id] ?? '0', currency),
  };
}

/**
 * @param {Row} row
 * @returns {HTMLElement}
 */
function whyLink({ deploymentId, moduleName }) {
  return addressLink(
    { deployment: deploymentId },
    { class: 'why', title: `${moduleName}: why this number` },
    name(moduleName, { class: 'two-lines' }),
  );
}

/**
 * @param {Row} row
 * @returns {HTMLElement}
 */
function customerLink({ userId = '', userEmail = null }) {
  return placeLink(customerTarget(userId), { class: 'quiet-link', title: userId }, name(userEmail ?? userId));
}
