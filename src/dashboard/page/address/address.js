/**
 * The page's state that users can bookmark and share: all of it is in the address, and nothing secret is. Invalid parts
 * are ignored; the service rejects what the user has no right to see.
 */

import { isDay } from '../exact/time.js';
import { formatLists, parseLists } from './id-lists.js';
import { PRESETS } from './ranges.js';

/** @typedef {import('./ranges.js').Preset} Preset */

const VIEWS = /** @type {const} */ (['revenue', 'settings', 'credits']);
const SORTS = /** @type {const} */ (['createdAt', 'revenue', 'creditCost', 'moduleName']);
const ORDERS = /** @type {const} */ (['desc', 'asc']);
const OWNERS = /** @type {const} */ (['partner', 'platform']);
const UNITS = /** @type {const} */ (['day', 'week', 'month']);
const SPLITS = /** @type {const} */ (['total', 'module', 'partner']);

/**
 * @typedef {object} Address
 * @property {typeof VIEWS[number]} view
 * @property {Preset | null} range null: two dates are given
 * @property {string | null} startDate
 * @property {string | null} endDate
 * @property {string | null} timeZone null: the platform's
 * @property {readonly string[]} moduleIds empty: all
 * @property {readonly string[]} exceptModuleIds excluded
 * @property {readonly string[]} partnerIds empty: all
 * @property {typeof OWNERS[number] | null} owner
 * @property {boolean} includeFree
 * @property {typeof SORTS[number]} sort
 * @property {typeof ORDERS[number]} order
 * @property {readonly string[] | null} columns null: the default columns
 * @property {typeof UNITS[number] | null} unit of the chart; null: chosen by the length of the range
 * @property {typeof SPLITS[number]} split of the chart
 * @property {string | null} deployment id of the deployment with the open explanation
 * @property {string | null} customer id of the user with the open credits
 */

/** @type {Address} */
const START = {
  view: 'revenue',
  range: 'last-30-days',
  startDate: null,
  endDate: null,
  timeZone: null,
  moduleIds: [],
  exceptModuleIds: [],
  partnerIds: [],
  owner: null,
  includeFree: false,
  sort: 'createdAt',
  order: 'desc',
  columns: null,
  unit: null,
  split: 'total',
  deployment: null,
  customer: null,
};

/**
 * @param {string} search the query of an address
 * @param {string} [fragment] of the address, with its `#`
 * @returns {Address}
 */
export function parseAddress(search, fragment = '') {
  const query = new URLSearchParams(search);
  const lists = parseLists(query, fragment);
  const day = (/** @type {string} */ name) => {
    const value = query.get(name);
    return value !== null && isDay(value) ? value : null;
  };
  const startDate = day('startDate');
  const endDate = day('endDate');
  const isOrdered = startDate === null || endDate === null || startDate <= endDate;
  const preset = oneOf(/** @type {Preset[]} */ (Object.keys(PRESETS)), query.get('range'));
  const dates = isOrdered && (startDate !== null || endDate !== null) ? { startDate, endDate } : null;
  return {
    view: oneOf(VIEWS, query.get('view')) ?? START.view,
    range: dates === null ? (preset ?? START.range) : null,
    startDate: dates?.startDate ?? null,
    endDate: dates?.endDate ?? null,
    timeZone: query.get('timeZone') || null,
    ...lists,
    owner: oneOf(OWNERS, query.get('owner')),
    includeFree: query.get('includeFree') === 'true',
    sort: oneOf(SORTS, query.get('sort')) ?? START.sort,
    order: oneOf(ORDERS, query.get('order')) ?? START.order,
    columns: query.get('columns')?.split(',').filter(Boolean) ?? null,
    unit: oneOf(UNITS, query.get('unit')),
    split: oneOf(SPLITS, query.get('by')) ?? START.split,
    deployment: query.get('deployment') || null,
    customer: query.get('customer') || null,
  };
}

/**
 * @param {Address} address
 * @returns {string} the query of an address, without default values, and its fragment if there are many ids
 */
export function formatAddress(address) {
  const query = new URLSearchParams();
  const put = (
    /** @type {string} */ name,
    /** @type {string | null} */ value,
    /** @type {unknown} */ usual,
  ) => {
    if (value !== null && value !== usual) query.set(name, value);
  };
  put('view', address.view, START.view);
  put('range', address.range, START.range);
  put('startDate', address.startDate, null);
  put('endDate', address.endDate, null);
  put('timeZone', address.timeZone, null);
  const { inQuery, fragment } = formatLists(address);
  for (const [name, id] of inQuery) query.append(name, id);
  put('owner', address.owner, null);
  put('includeFree', String(address.includeFree), 'false');
  put('sort', address.sort, START.sort);
  put('order', address.order, START.order);
  put('columns', address.columns?.join(',') ?? null, null);
  put('unit', address.unit, null);
  put('by', address.split, START.split);
  put('deployment', address.deployment, null);
  put('customer', address.customer, null);
  const text = query.toString();
  return `${text === '' ? '' : `?${text}`}${fragment}`;
}

/**
 * @template {string} T
 * @param {readonly T[]} known
 * @param {string | null} value
 * @returns {T | null}
 */
function oneOf(known, value) {
  return known.find((one) => one === value) ?? null;
}
