import type { TestRequest } from './http-client.js';
import type { Walker } from './access-world.js';

/** Whose thing is asked for: the caller's own, somebody else's, nobody's, or one whose name makes no sense. */
export type Target = 'own' | 'foreign' | 'missing' | 'malformed';

/** A request of the walk. */
export type Call = TestRequest & { readonly path: string };

/** The status of each target, in the order of the row's `calls`. */
export type Statuses = Partial<Record<Target, number>>;

/** What one route answers to whom. */
export interface AccessRow {
  /** `public`: no token; `token`: any good token; else those with statuses may call and all others get 403. */
  readonly access: 'public' | 'token' | Partial<Record<Walker, Statuses>>;
  /** Makes the request for each target; `fresh` is an id that nothing has yet. */
  readonly calls: Partial<Record<Target, (fresh: string) => Call>>;
  /** What a public or token route answers. */
  readonly statuses?: Statuses;
}

/** Asks for a path. */
export const get =
  (path: string): (() => Call) =>
  () => ({ path });
/** Sends a body to a path. */
export const send =
  (method: string, path: string, body: (fresh: string) => unknown): ((fresh: string) => Call) =>
  (fresh) => ({ method, path, body: body(fresh) });

/** What no address takes: a parameter, an id in a path, a body. */
export const NONSENSE = '?nonsense=1';
export const BROKEN_ID = '%00';
export const BROKEN_JSON = '{"id":';
