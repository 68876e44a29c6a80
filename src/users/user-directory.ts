import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Queries about users for other features, in their own transaction. */
@Injectable()
export class UserDirectory {
  /** Returns those users who are recorded with the role `partner`; only they can be a module's partner. */
  async partnersAmong(ids: readonly string[], manager: EntityManager): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await manager.query<{ id: string }[]>(
      `SELECT id FROM users WHERE id = ANY($1) AND 'partner' = ANY(roles)`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
