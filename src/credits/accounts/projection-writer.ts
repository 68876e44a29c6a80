import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { connectionOf, copyBinary, copyRows } from '../../platform/database/index.js';
import type { GatheredRows } from './gathered-projections.js';
import type { ProjectionRows } from './projection-rows.js';
import { columnNames, PROJECTION_TABLES, SQL_TYPES, type ProjectionTable } from './projection-tables.js';
import { replaceDeployments, replaceManyDeployments } from './replaced-deployments.js';

/** Tables in which all rows of a user are deleted and written again. Rows of deployments are compared instead. */
const REPLACED: readonly (keyof ProjectionRows)[] = ['lots', 'allocations', 'debts'];

/** Stores results of the fold, in the transaction that records the entries. */
@Injectable()
export class ProjectionWriter {
  /**
   * Replaces all stored rows of these users. The caller has locked their accounts.
   *
   * @param usersWithRows users with stored rows; nothing is deleted for the others
   */
  async replace(
    rows: ProjectionRows,
    usersWithRows: readonly string[],
    manager: EntityManager,
  ): Promise<void> {
    await this.remove(usersWithRows, manager);
    for (const name of REPLACED) {
      const table = PROJECTION_TABLES[name];
      if (rows[name].length > 0) await copyRows(manager, table.name, columnNames(table), rows[name]);
    }
    await replaceDeployments(rows.deployments, usersWithRows, manager);
    await this.updateAccounts(rows.accounts, manager);
  }

  /**
   * Does the same for many users with gathered rows. Rows of accounts are text.
   *
   * @param usersWithRows users with stored rows; nothing is deleted for the others
   */
  async replaceMany(
    gathered: readonly GatheredRows[],
    accounts: ProjectionRows['accounts'],
    usersWithRows: readonly string[],
    manager: EntityManager,
  ): Promise<void> {
    await this.remove(usersWithRows, manager);
    const client = await connectionOf(manager);
    for (const { table, file } of gathered) {
      if (table === PROJECTION_TABLES.deployments && usersWithRows.length > 0) {
        await replaceManyDeployments(file, usersWithRows, manager);
      } else {
        await copyBinary(client, table.name, columnNames(table), file);
      }
    }
    await this.updateAccounts(accounts, manager);
  }

  private async remove(userIds: readonly string[], manager: EntityManager): Promise<void> {
    if (userIds.length === 0) return;
    for (const name of REPLACED) {
      await manager.query(`DELETE FROM ${PROJECTION_TABLES[name].name} WHERE user_id = ANY($1)`, [userIds]);
    }
  }

  private async updateAccounts(accounts: ProjectionRows['accounts'], manager: EntityManager): Promise<void> {
    const table = PROJECTION_TABLES.accounts;
    const columns = columnNames(table).slice(table.keyLength);
    const arrays = table.columns.map((_, index) => accounts.map((row) => row[index] ?? null));
    await manager.query(
      `UPDATE credit_accounts SET ${columns.map((column) => `${column} = folded.${column}`).join(', ')}
       FROM unnest(${arrayParameters(table)}) AS folded (${columnNames(table).join(', ')})
       WHERE credit_accounts.user_id = folded.user_id`,
      arrays,
    );
  }
}

function arrayParameters(table: ProjectionTable): string {
  return table.columns.map(([, kind], index) => `$${index + 1}::${SQL_TYPES[kind]}[]`).join(', ');
}
