import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Entry } from '../../domain/index.js';
import { CreditEntryEntity } from './credit-entry.entity.js';
import { entryOfRecord, entrySelectList, recordOfRow, type EntryRow } from './entry-columns.js';

/** All recorded entries of one user, in no particular order, and the partners of the modules that the user deployed. */
export interface UserHistory {
  readonly userId: string;
  readonly entries: readonly Entry[];
  /** Partners by module id; null for a module of the platform. */
  readonly partners: ReadonlyMap<string, string | null>;
}

/** Reads credit histories from the ledger, in the transaction of the given manager. */
@Injectable()
export class LedgerReader {
  /** Returns the history of each user, which is empty for a user without entries. */
  async historiesOf(userIds: readonly string[], manager: EntityManager): Promise<UserHistory[]> {
    const rows = await manager
      .getRepository(CreditEntryEntity)
      .createQueryBuilder('entry')
      .leftJoin('modules', 'module', 'module.id = entry.module_id')
      .select([...entrySelectList('entry'), 'module.partner_id AS "partnerId"'])
      .where('entry.user_id = ANY(:userIds)', { userIds })
      .getRawMany<EntryRow & { partnerId: string | null }>();
    const histories = new Map(
      userIds.map((userId) => [
        userId,
        { userId, entries: new Array<Entry>(), partners: new Map<string, string | null>() },
      ]),
    );
    for (const row of rows) {
      const record = recordOfRow(row);
      const history = histories.get(record.userId);
      if (history === undefined) continue;
      history.entries.push(entryOfRecord(record));
      if (record.moduleId !== null) history.partners.set(record.moduleId, row.partnerId);
    }
    return [...histories.values()];
  }
}
