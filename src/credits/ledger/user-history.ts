import type { Entry } from '../../domain/index.js';

/** All recorded entries of one user, in no particular order, with whose the deployed modules are. */
export interface UserHistory {
  readonly userId: string;
  readonly entries: readonly Entry[];
  /** Per module deployed: its partner, or null for the platform's own. */
  readonly partners: ReadonlyMap<string, string | null>;
}
