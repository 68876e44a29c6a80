import type { Account, Entry, Posting } from '../../domain/index.js';

/** What recording an entry did. */
export interface Recorded {
  /** `known`: the same had been recorded before; nothing changed. */
  readonly outcome: 'added' | 'known';
  readonly userId: string;
  readonly entry: Entry;
  /** What the entry did; null where it was known, or came late: then the user's whole history was folded again. */
  readonly posting: Posting | null;
  /** The account after the user's last entry; null where the entry was known. */
  readonly account: Account | null;
  /** Deployments whose figures in the report changed, new ones included; ids in bytewise order. */
  readonly changedDeployments: readonly string[];
}
