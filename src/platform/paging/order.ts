/** The directions that a list can be read in. */
export const ORDERS = ['desc', 'asc'] as const;
export type Order = (typeof ORDERS)[number];
