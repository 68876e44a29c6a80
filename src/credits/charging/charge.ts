import type { CurrentHttpWrite, WriteOutcome } from '../../audit/index.js';
import type { Problem } from '../../platform/problem/index.js';
import type { EntryWrite } from '../commands/entry-writes.js';
import type { EntryRequest } from '../commands/entry-request.js';

/** A charge made now, for a caller who waits for the answer. */
export interface Charge<Body extends object = object> {
  readonly write: CurrentHttpWrite;
  readonly request: EntryRequest;
  /** Records and answers the charge if it runs alone. */
  readonly entry: EntryWrite<Body>;
}

/** The result of a charge in its group. */
export type Verdict =
  | { readonly kind: 'answered'; readonly outcome: WriteOutcome<object> }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Not decided: a rare case, for which the charge runs alone. */
  | { readonly kind: 'alone' }
  /** Not decided: a transaction outside this process has locked the account. */
  | { readonly kind: 'locked' };
