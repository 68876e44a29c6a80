/**
 * What the page shows for the caller's roles. The service decides about access; the page only hides what it would
 * refuse.
 */

import type { Schemas } from '../api/revenue.js';

export type Me = Schemas['Me'];

export interface Rights {
  readonly id: string;
  readonly roles: readonly string[];
  /** Which revenue the caller can see. */
  readonly reads: 'everybody' | 'partner' | 'nothing';
  readonly settings: 'change' | 'read' | 'nothing';
  /** Whether the caller can record awards, purchases and refunds: finance and admin, unless they earn revenue. */
  readonly mayRecord: boolean;
  /** Whether the caller has credits of its own. */
  readonly hasCredits: boolean;
}

export function rightsOf({ id, roles, earns }: Me): Rights {
  const has = (role: Me['roles'][number]) => roles.includes(role);
  const isOverseer = has('finance') || has('admin');
  return {
    id,
    roles,
    reads: isOverseer ? 'everybody' : has('partner') ? 'partner' : 'nothing',
    settings: has('admin') && !earns ? 'change' : isOverseer ? 'read' : 'nothing',
    mayRecord: isOverseer && !earns,
    hasCredits: has('user') || has('partner'),
  };
}

export function mayReadReports({ reads }: Rights): boolean {
  return reads !== 'nothing';
}

/** Returns whether reports show partners, customers and the platform's part. */
export function seesEverybody({ reads }: Rights): boolean {
  return reads === 'everybody';
}
