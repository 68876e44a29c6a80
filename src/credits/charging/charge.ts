import type { CurrentHttpWrite, WriteOutcome } from '../../audit/index.js';
import type { Problem } from '../../platform/problem/index.js';
import type { EntryWrite } from '../commands/entry-writes.js';
import type { EntryRequest } from '../commands/entry-request.js';

/** A charge made now that somebody waits for. */
export interface Charge<Body extends object = object> {
  readonly write: CurrentHttpWrite;
  readonly request: EntryRequest;
  /** How it is recorded and answered where it runs alone. */
  readonly entry: EntryWrite<Body>;
}

/** What became of a charge in its group. */
export type Verdict =
  | { readonly kind: 'answered'; readonly outcome: WriteOutcome<object> }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Nothing yet: what is rare is told by the path of one alone. */
  | { readonly kind: 'alone' }
  /** Nothing yet: somebody outside this process has locked its account. */
  | { readonly kind: 'locked' };
