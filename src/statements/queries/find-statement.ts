import type { EntityManager } from 'typeorm';
import type { Viewer } from '../../revenue/index.js';
import { Problem } from '../../platform/problem/index.js';
import { STATEMENTS_PROBLEMS } from '../statements.problems.js';
import { STATEMENTS_SQL, type StoredStatement } from './statement.js';

/** Reads a statement that the viewer can see. @throws Problem STATEMENTS.NOT_FOUND, also for those of others */
export async function findStatement(
  id: string,
  viewer: Viewer,
  manager: EntityManager,
): Promise<StoredStatement> {
  const [statement] = await manager.query<StoredStatement[]>(`${STATEMENTS_SQL} WHERE statement.id = $1`, [
    id,
  ]);
  const isForeign =
    statement !== undefined && viewer.kind === 'partner' && viewer.partnerId !== statement.partnerId;
  if (statement !== undefined && !isForeign) return statement;
  throw new Problem(
    STATEMENTS_PROBLEMS.NOT_FOUND,
    `There is no statement ${id}.`,
    isForeign ? { attemptOn: { type: 'statement', id } } : {},
  );
}

/**
 * The partner that a request names, or the only one that the viewer can see; null for all.
 *
 * @throws Problem STATEMENTS.PARTNER_NOT_FOUND for an unknown user, and for another partner
 */
export async function visiblePartner(
  partnerId: string | undefined,
  viewer: Viewer,
  manager: EntityManager,
): Promise<string | null> {
  if (viewer.kind === 'partner') {
    if (partnerId === undefined || partnerId === viewer.partnerId) return viewer.partnerId;
    throw noPartner(partnerId, true);
  }
  if (partnerId === undefined) return null;
  const rows = await manager.query<unknown[]>('SELECT FROM users WHERE id = $1', [partnerId]);
  if (rows.length === 0) throw noPartner(partnerId, false);
  return partnerId;
}

function noPartner(partnerId: string, isForeign: boolean): Problem {
  return new Problem(
    STATEMENTS_PROBLEMS.PARTNER_NOT_FOUND,
    `There is no partner ${partnerId}.`,
    isForeign ? { attemptOn: { type: 'user', id: partnerId } } : {},
  );
}
