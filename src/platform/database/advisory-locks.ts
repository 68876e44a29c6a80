/** Names of the advisory locks that this service takes: any fixed numbers, different from each other. */
export const ADVISORY_LOCKS = {
  /** Held by the one process that migrates. */
  migration: 7_105_712,
} as const;
