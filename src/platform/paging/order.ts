/** Sort directions of a list. */
export const ORDERS = ['desc', 'asc'] as const;
export type Order = (typeof ORDERS)[number];
