import type { EntityManager } from 'typeorm';
import { CreditAccountEntity } from './credit-account.entity.js';

/** Entries in memory at a time, except if one user has more. */
const ENTRIES_PER_BATCH = 20_000;
/** Accounts that are read to fill a batch. */
const ACCOUNTS_PER_BATCH = 1_000;

/**
 * Lists all users, with or without entries, in batches whose histories fit in memory. The size of a history is the
 * number of entries in the account's row.
 *
 * @returns batches of user ids, ordered bytewise
 */
export async function* batchesOfUsers(manager: EntityManager): AsyncGenerator<string[]> {
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
