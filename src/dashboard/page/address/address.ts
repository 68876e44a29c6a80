/**
 * The page's state that users can bookmark and share: all of it is in the address, and nothing secret is. Invalid parts
 * are ignored; the service rejects what the user has no right to see.
 */

import { isDay } from '../exact/time.js';
import { formatLists, parseLists } from './id-lists.js';
import { PRESETS, type Preset } from './ranges.js';

const SORTS = ['createdAt', 'revenue', 'creditCost', 'moduleName'] as const;
const ORDERS = ['desc', 'asc'] as const;
const OWNERS = ['partner', 'platform'] as const;
const UNITS = ['day', 'week', 'month'] as const;
const SPLITS = ['total', 'module', 'partner'] as const;

export interface Address {
  /** Null: two dates are given. */
  readonly range: Preset | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** Null: the platform's. */
  readonly timeZone: string | null;
  /** Empty: all. */
  readonly moduleIds: readonly string[];
  /** Excluded. */
  readonly exceptModuleIds: readonly string[];
  /** Empty: all. */
  readonly partnerIds: readonly string[];
  readonly owner: (typeof OWNERS)[number] | null;
  readonly includeFree: boolean;
  readonly sort: (typeof SORTS)[number];
  readonly order: (typeof ORDERS)[number];
  /** Null: the default columns. */
  readonly columns: readonly string[] | null;
  /** Of the chart; null: chosen by the length of the range. */
  readonly unit: (typeof UNITS)[number] | null;
  /** Of the chart. */
  readonly split: (typeof SPLITS)[number];
  /** Whether the chart also shows the period before. */
  readonly hasBefore: boolean;
  /** Of the table, from 1. */
  readonly page: number;
  /** Id of the deployment with the open explanation. */
  readonly deployment: string | null;
}

const START: Address = {
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
  hasBefore: true,
  page: 1,
  deployment: null,
};

/**
 * @param search the query of an address
 * @param fragment of the address, with its `#`
 */
export function parseAddress(search: string, fragment: string = ''): Address {
  const query = new URLSearchParams(search);
  const lists = parseLists(query, fragment);
  const day = (name: string) => {
    const value = query.get(name);
    return value !== null && isDay(value) ? value : null;
  };
  const startDate = day('startDate');
  const endDate = day('endDate');
  const isOrdered = startDate === null || endDate === null || startDate <= endDate;
  const preset = oneOf(PRESETS, query.get('range'));
  const dates = isOrdered && (startDate !== null || endDate !== null) ? { startDate, endDate } : null;
  return {
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
    hasBefore: query.get('before') !== 'false',
    page: /^[1-9]\d{0,5}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : START.page,
    deployment: query.get('deployment') || null,
  };
}

/** Returns the query of an address, without default values, and its fragment if there are many ids. */
export function formatAddress(address: Address): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null, usual: unknown): void => {
    if (value !== null && value !== usual) query.set(name, value);
  };
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
  put('before', String(address.hasBefore), 'true');
  put('page', String(address.page), String(START.page));
  put('deployment', address.deployment, null);
  const text = query.toString();
  return `${text === '' ? '' : `?${text}`}${fragment}`;
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | null {
  return known.find((one) => one === value) ?? null;
}
