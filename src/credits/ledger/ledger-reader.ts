import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Entry } from '../../domain/index.js';
import { CreditAccountEntity } from '../accounts/entities/credit-account.entity.js';
import { CreditEntryEntity } from './credit-entry.entity.js';
import { entryOf, entryRowColumns, type EntryRow } from './entry-row.js';
import type { UserHistory } from './user-history.js';

/** How many entries are held in memory at a time, unless one user alone has more. */
const ENTRIES_PER_BATCH = 20_000;
/** How many accounts are looked at to fill a batch. */
const ACCOUNTS_PER_BATCH = 1_000;

/** Reads credit histories out of the ledger, in the transaction of the manager that it is given. */
@Injectable()
export class LedgerReader {
  /** The histories of these users; a user without entries has an empty one. */
  async historiesOf(userIds: readonly string[], manager: EntityManager): Promise<UserHistory[]> {
    const rows = await manager
      .getRepository(CreditEntryEntity)
      .createQueryBuilder('entry')
      .leftJoin('modules', 'module', 'module.id = entry.module_id')
      .select([...entryRowColumns('entry'), 'module.partner_id AS "partnerId"'])
      .where('entry.user_id = ANY(:userIds)', { userIds })
      .getRawMany<EntryRow & { partnerId: string | null }>();
    const histories = new Map(
      userIds.map((userId) => [
        userId,
        { userId, entries: new Array<Entry>(), partners: new Map<string, string | null>() },
      ]),
    );
    for (const row of rows) {
      const history = histories.get(row.userId);
      if (history === undefined) continue;
      history.entries.push(entryOf(row));
      if (row.moduleId !== null) history.partners.set(row.moduleId, row.partnerId);
    }
    return [...histories.values()];
  }

  /**
   * Walks all users, with or without entries, in batches whose histories fit in memory: by the number of entries that
   * their accounts claim.
   *
   * @returns batches of user ids, ordered bytewise
   */
  async *batchesOfUsers(manager: EntityManager): AsyncGenerator<string[]> {
    let after = '';
    for (;;) {
      const accounts = await manager
        .getRepository(CreditAccountEntity)
        .createQueryBuilder('account')
        .select(['account.user_id AS "userId"', 'account.entries AS entries'])
        .where('account.user_id > :after', { after })
        .orderBy('account.user_id')
        .limit(ACCOUNTS_PER_BATCH)
        .getRawMany<{ userId: string; entries: string }>();
      if (accounts.length === 0) return;
      const batch = takeUpTo(accounts, ENTRIES_PER_BATCH);
      after = batch.at(-1) as string;
      yield batch;
    }
  }
}

function takeUpTo(accounts: readonly { userId: string; entries: string }[], limit: number): string[] {
  const userIds: string[] = [];
  let taken = 0;
  for (const { userId, entries } of accounts) {
    taken += Number(entries);
    if (userIds.length > 0 && taken > limit) break;
    userIds.push(userId);
  }
  return userIds;
}
