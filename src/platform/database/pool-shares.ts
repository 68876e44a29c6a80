/** Connections to the database that answer requests, per process. */
export const POOL_SIZE = 20;

/**
 * Connections of the pool that writers use at once; a writer may wait for a row that another transaction has locked.
 * The rest is for two groups of charges, which wait for no account, two background workers, bulk work, and reads, which
 * are short.
 */
export const WRITERS_MAX = 6;

/** Connections of the pool that exports use at once: they last as long as their reader takes. */
export const EXPORTS_MAX = 4;

/** Connections of the pool that imports use at once: they last as long as their sender takes. */
export const IMPORTS_MAX = 3;

/** How long a request waits in all: for its turn, for a connection and for locks. After that the answer is 503. */
export const PATIENCE_MS = 10_000;
