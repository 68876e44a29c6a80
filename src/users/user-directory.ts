import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Answers what other features need to know about people, set-based and in their own transaction. */
@Injectable()
export class UserDirectory {
  /** Those of these ids who are recorded with the role `partner`, and may so be a module's partner. */
  async partnersAmong(ids: readonly string[], manager: EntityManager): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await manager.query<{ id: string }[]>(
      `SELECT id FROM users WHERE id = ANY($1) AND 'partner' = ANY(roles)`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
