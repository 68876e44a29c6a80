import type { Recording } from '../../audit/index.js';
import type { Account, Entry, Instant, Posting } from '../../domain/index.js';

/** What recording an entry did. */
export interface Recorded {
  /** `known`: the same had been recorded before; nothing changed. */
  readonly outcome: 'added' | 'known';
  readonly userId: string;
  readonly entry: Entry;
  /** What the entry did, at its place in history. Null for a deployment that was known: see the account's spend. */
  readonly posting: Posting | null;
  /** The account after the user's last entry, with the spend of a deployment that was recorded or known. */
  readonly account: Account;
  /** The database's clock, read under the account's lock. */
  readonly now: Instant;
  /** Deployments whose figures in the report changed, new ones included; ids in bytewise order. */
  readonly changedDeployments: readonly string[];
  /** Whether its audit event and kept answer were written with it. */
  readonly isAudited: boolean;
}

/**
 * The audit event and the kept answer, which the statement that appends the entry writes with it, so that they cost no
 * round trip of their own.
 *
 * @param first number of its first parameter: `$first`
 */
export type AuditOf = (recorded: Recorded, first: number) => Recording;

/** What an entry did, among all that a history did. */
export function postingOf({ type, id }: Entry, postings: readonly Posting[]): Posting {
  const posting = postings.find(({ entry }) => entry.type === type && entry.id === id);
  if (posting === undefined) throw new Error(`${type} ${id} is recorded, and its user's history lacks it.`);
  return posting;
}
