/** How long a replica may take for a connection or a small answer; one that is frozen is given up after it. */
export const ANSWER_PATIENCE_MS = 1_000;
