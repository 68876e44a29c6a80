import { ORDERS, type Order } from '../../platform/paging/index.js';
import type { ShareSql } from '../share/share-sql.js';

/** The sort keys of a report. */
export const SORTS = ['createdAt', 'revenue', 'creditCost', 'moduleName'] as const;
export type Sort = (typeof SORTS)[number];

export { ORDERS, type Order };

/** The order of a report's rows. */
export interface SortOrder {
  readonly sort: Sort;
  readonly order: Order;
}

/** One key of the order: an expression over `revenue` and `module`, and the type to cast its text to. */
export interface SortKey {
  readonly expression: string;
  readonly type: 'text' | 'numeric' | 'timestamptz';
}

/**
 * The last keys of every order. The id of a deployment is unique, so the order is total. Id columns are COLLATE "C".
 */
const TIES: readonly SortKey[] = [
  { expression: 'revenue.deployed_at', type: 'timestamptz' },
  { expression: 'revenue.deployment_id', type: 'text' },
];

const KEYS: Readonly<Record<Sort, readonly SortKey[]>> = {
  createdAt: TIES,
  // With one share, the gross revenue that it applies to gives the same order as revenue, and this order stays when the
  // share changes.
  revenue: [{ expression: 'revenue.shared_gross', type: 'numeric' }, ...TIES],
  creditCost: [{ expression: 'revenue.credit_cost', type: 'numeric' }, ...TIES],
  moduleName: [
    { expression: 'lower(module.name) COLLATE "C"', type: 'text' },
    { expression: 'module.id', type: 'text' },
    ...TIES,
  ],
};

/** The keys of `moduleName`, which do not depend on the share. */
export const MODULE_NAME_KEYS = KEYS.moduleName;

/** The keys of a sort, the most significant first; all have the same direction. */
export function sortKeys(sort: Sort, share: ShareSql): readonly SortKey[] {
  if (sort !== 'revenue' || share.isOne) return KEYS[sort];
  const expression = `revenue.shared_gross * ${share.factorAt('revenue.deployed_at')}`;
  return [{ expression, type: 'numeric' }, ...TIES];
}

/** The types of the keys of a sort, whatever the share. */
export function sortKeyTypes(sort: Sort): SortKey['type'][] {
  return KEYS[sort].map(({ type }) => type);
}

/** `ORDER BY` for the keys of a sort; reversed if a page is read backwards. */
export function orderBy(keys: readonly SortKey[], { order }: SortOrder, backwards = false): string {
  const direction = (order === 'asc') === backwards ? 'DESC' : 'ASC';
  return `ORDER BY ${keys.map(({ expression }) => `${expression} ${direction}`).join(', ')}`;
}
