/** Connections to the database that answer requests, per process. */
export const POOL_SIZE = 20;

/**
 * Connections of the pool that writers hold at once: a writer may wait for a row that another transaction has locked. Beside
 * them are the two groups of charges, which wait for no account, the two workers in the background, and bulk work. What is
 * left is for reads, which are short.
 */
export const WRITERS_MAX = 6;

/** Connections of the pool that exports hold at once: they take as long as their reader likes. */
export const EXPORTS_MAX = 4;

/** Connections of the pool that imports hold at once: they take as long as their sender likes. */
export const IMPORTS_MAX = 3;

/** How long a request waits in all: for its turn, for a connection and for locks. Then it is answered 503. */
export const PATIENCE_MS = 10_000;
