import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import {
  addProjection,
  CreditAccountEntity,
  emptyProjection,
  LedgerReader,
  PROJECTION_TABLES,
  ProjectionWriter,
} from '../../credits/index.js';
import { foldEntries } from '../../domain/index.js';
import { inTransaction, withoutTimeLimits } from '../../platform/database/index.js';
import type { UpkeepProgress } from './upkeep-progress.js';

/** What a rebuild went through. */
export interface RebuildReport {
  readonly users: number;
  readonly entries: number;
  readonly deployments: number;
}

/** Writes everything that the fold makes of the ledger anew. */
@Injectable()
export class Rebuild {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly ledger: LedgerReader,
    private readonly projections: ProjectionWriter,
  ) {}

  /**
   * Recomputes every projection from the first entry, some users at a time, each batch in a transaction of its own
   * under its accounts' locks: the service may go on writing, and a rebuild that breaks off is simply run again.
   */
  async run(onProgress: UpkeepProgress = () => {}): Promise<RebuildReport> {
    return withoutTimeLimits(this.dataSource, async (runner) => {
      const { manager } = runner;
      await inTransaction(runner, () => openMissingAccounts(manager));
      const allUsers = await manager.getRepository(CreditAccountEntity).count();
      let [users, entries, deployments] = [0, 0, 0];
      for await (const userIds of this.ledger.batchesOfUsers(manager)) {
        const batch = await inTransaction(runner, () => this.rebuildUsers(userIds, manager));
        users += userIds.length;
        entries += batch.entries;
        deployments += batch.deployments;
        onProgress(users, allUsers);
      }
      await inTransaction(runner, () => removeStrangers(manager));
      return { users, entries, deployments };
    });
  }

  private async rebuildUsers(
    userIds: readonly string[],
    manager: EntityManager,
  ): Promise<{ entries: number; deployments: number }> {
    // Every writer of a user locks the account first; the histories are read only then, so none can be missed.
    await manager.query('SELECT FROM credit_accounts WHERE user_id = ANY ($1) ORDER BY user_id FOR UPDATE', [
      userIds,
    ]);
    const rows = emptyProjection();
    let entries = 0;
    for (const history of await this.ledger.historiesOf(userIds, manager)) {
      addProjection(rows, history, foldEntries(history.entries));
      entries += history.entries.length;
    }
    await this.projections.replace(rows, userIds, manager);
    return { entries, deployments: rows.deployments.length };
  }
}

/** Every user has an account from the start; where one is gone, its user could never have entries again. */
async function openMissingAccounts(manager: EntityManager): Promise<void> {
  await manager.query('INSERT INTO credit_accounts (user_id) SELECT id FROM users ON CONFLICT DO NOTHING');
}

/** Rows of users that nobody knows, which no batch has come by. */
async function removeStrangers(manager: EntityManager): Promise<void> {
  for (const { name } of Object.values(PROJECTION_TABLES)) {
    if (name === PROJECTION_TABLES.accounts.name) continue;
    await manager.query(
      `DELETE FROM ${name} AS stored
        WHERE NOT EXISTS (SELECT FROM credit_accounts AS account WHERE account.user_id = stored.user_id)`,
    );
  }
}
