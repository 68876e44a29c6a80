import type { TestRequest } from './http-client.js';
import type { Walker } from './access-world.js';

/** The owner of the requested object: the caller, another user, none (it does not exist), or an invalid name. */
export type Target = 'own' | 'foreign' | 'missing' | 'malformed';

/** A request of the walk. */
export type Call = TestRequest & { readonly path: string };

/** The status of each target, in the order of the row's `calls`. */
export type Statuses = Partial<Record<Target, number>>;

/** The expected answers of one route, by caller. */
export interface AccessRow {
  /** `public`: no token; `token`: any valid token; otherwise the listed callers have access and all others get 403. */
  readonly access: 'public' | 'token' | Partial<Record<Walker, Statuses>>;
  /** Creates the request for each target; `fresh` is an id that is not used yet. */
  readonly calls: Partial<Record<Target, (fresh: string) => Call>>;
  /** The answers of a public or token route. */
  readonly statuses?: Statuses;
}

/** A GET of a path. */
export const get =
  (path: string): (() => Call) =>
  () => ({ path });
/** A request with a body. */
export const send =
  (method: string, path: string, body: (fresh: string) => unknown): ((fresh: string) => Call) =>
  (fresh) => ({ method, path, body: body(fresh) });

/** An invalid value everywhere: as a parameter, an id in a path, a field. */
export const NONSENSE = '?nonsense=1';
export const BROKEN_ID = '%00';
export const BROKEN_JSON = '{"id":';

/** The same statuses for every role. */
export const everyone = (statuses: Statuses): Record<Walker, Statuses> => ({
  user: statuses,
  partner: statuses,
  finance: statuses,
  admin: statuses,
  platform: statuses,
});
