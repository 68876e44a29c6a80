import { ORDERS, type Order } from '../../platform/paging/index.js';

/** What the rows of a report can be sorted by. */
export const SORTS = ['createdAt', 'revenue', 'creditCost', 'moduleName'] as const;
export type Sort = (typeof SORTS)[number];

export { ORDERS, type Order };

/** How the rows of a report are ordered. */
export interface SortOrder {
  readonly sort: Sort;
  readonly order: Order;
}

/** One key of the order: an expression over `revenue` and `module`, and the type that its text is read back as. */
export interface SortKey {
  readonly expression: string;
  readonly type: 'text' | 'numeric' | 'timestamptz';
}

/** Ties everywhere; a deployment's id is unique, so the order is total. Id columns are COLLATE "C". */
const TIES: readonly SortKey[] = [
  { expression: 'revenue.deployed_at', type: 'timestamptz' },
  { expression: 'revenue.deployment_id', type: 'text' },
];

const KEYS: Readonly<Record<Sort, readonly SortKey[]>> = {
  createdAt: TIES,
  // The share is one and the same for all rows, so the gross that a partner shares in sorts as revenue does, and
  // goes on doing so while the share changes.
  revenue: [{ expression: 'revenue.shared_gross', type: 'numeric' }, ...TIES],
  creditCost: [{ expression: 'revenue.credit_cost', type: 'numeric' }, ...TIES],
  moduleName: [
    { expression: 'lower(module.name) COLLATE "C"', type: 'text' },
    { expression: 'module.id', type: 'text' },
    ...TIES,
  ],
};

/** The keys of a sort, the most significant first; all of them go in the same direction. */
export function sortKeys(sort: Sort): readonly SortKey[] {
  return KEYS[sort];
}

/** `ORDER BY` for keys of a sort; backwards where a page is read towards the beginning. */
export function orderBy(keys: readonly SortKey[], { order }: SortOrder, backwards = false): string {
  const direction = (order === 'asc') === backwards ? 'DESC' : 'ASC';
  return `ORDER BY ${keys.map(({ expression }) => `${expression} ${direction}`).join(', ')}`;
}
