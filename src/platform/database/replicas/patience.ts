/** Timeout of a replica for a connection or a small answer; after it the primary is used. */
export const ANSWER_PATIENCE_MS = 1_000;
