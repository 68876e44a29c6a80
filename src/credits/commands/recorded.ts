import type { Recording } from '../../audit/index.js';
import {
  accountAt,
  type Account,
  type Balance,
  type Entry,
  type Instant,
  type Posting,
} from '../../domain/index.js';
import type { RevenueChange } from '../accounts/gross-by-module.js';

/** What a new entry changed beside itself. */
export interface EntryEffects {
  /** The balance right before the entry was recorded, after all expiries until then. */
  readonly balanceBefore: Balance;
  readonly revenueChanges: readonly RevenueChange[];
  /** Partners of the deployments whose figures changed; ids in bytewise order. */
  readonly changedPartners: readonly string[];
  /** Statements of closed months with these deployments; empty unless the entry is a reversal or a release. */
  readonly changedStatements: readonly string[];
}

/** Returns the partners of some modules, in bytewise order. */
export function partnersOf(modules: readonly { readonly partnerId: string | null }[]): string[] {
  return [...new Set(modules.flatMap(({ partnerId }) => partnerId ?? []))].sort();
}

/** The result of recording an entry. */
export interface Recorded {
  /** `known`: the same entry was already recorded, so nothing changed. */
  readonly outcome: 'added' | 'known';
  readonly userId: string;
  readonly entry: Entry;
  /** The entry's posting. Null for a known deployment; the account contains its spend. */
  readonly posting: Posting | null;
  /** The account after the user's last entry. For a deployment, new or known, it contains the spend. */
  readonly account: Account;
  /** The database's clock, read under the account's lock. */
  readonly now: Instant;
  /** Deployments whose figures in the report changed, new ones included; ids in bytewise order. */
  readonly changedDeployments: readonly string[];
  /** Null for a charge, whose answer shows its own revenue only, and for a known entry, which changed nothing. */
  readonly effects: EntryEffects | null;
  /** Whether the audit event and the stored answer were written with the entry. */
  readonly isAudited: boolean;
}

/**
 * Returns the audit event and the stored answer, which are written in the same statement as the entry, to save a round
 * trip.
 *
 * @param first the number of the first parameter: `$first`
 */
export type AuditOf = (recorded: Recorded, first: number) => Recording;

/** Finds the posting of an entry among those of its history. */
export function postingOf({ type, id }: Entry, postings: readonly Posting[]): Posting {
  const posting = postings.find(({ entry }) => entry.type === type && entry.id === id);
  if (posting === undefined) throw new Error(`${type} ${id} is recorded but missing in its user's history.`);
  return posting;
}

/** The balance of an account now: lots that have expired since its last entry have lapsed. */
export function balanceAt(account: Account, now: Instant): Balance {
  const last = account.foldedTo?.occurredAt ?? now;
  return accountAt(account, last < now ? now : last).balance;
}
