import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import {
  addProjection,
  batchesOfUsers,
  CreditAccountEntity,
  emptyProjection,
  LedgerReader,
  PROJECTION_TABLES,
  type ProjectionName,
  type ProjectionRows,
  type UserHistory,
} from '../../credits/index.js';
import {
  applyEntry,
  compareEntries,
  emptyAccount,
  formatDecimal,
  HistoryError,
  moneyTotalsOf,
  moneyViolations,
  violationsOf,
  type Account,
  type MoneyTotals,
  type ShareTimeline,
} from '../../domain/index.js';
import { Snapshots, withoutTimeLimits, type Snapshot } from '../../platform/database/index.js';
import { VariablesService } from '../../variables/index.js';
import { Findings, type Difference, type Verification } from './findings.js';
import { keptSumsViolations } from './kept-sums.js';
import { RowSums } from './row-sums.js';
import { addMoney, NO_MONEY, storedMoneyViolations } from './stored-money.js';
import { differencesBetween, storedRows } from './stored-rows.js';
import type { UpkeepProgress } from './upkeep-progress.js';

const TABLES = Object.keys(PROJECTION_TABLES) as ProjectionName[];

/** Compares all stored results with a new computation. */
@Injectable()
export class Verify {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly snapshots: Snapshots,
    private readonly ledger: LedgerReader,
    private readonly variables: VariablesService,
  ) {}

  /**
   * Folds every user from the first entry, in one snapshot and some users at a time, compares the result with the
   * stored rows column by column, and checks the invariants of docs/rules.md. Changes nothing.
   */
  async run(onProgress: UpkeepProgress = () => {}): Promise<Verification> {
    return withoutTimeLimits(this.dataSource, (runner) =>
      this.snapshots.readOn(runner, async (snapshot) => {
        const { shares } = await this.variables.current(snapshot.manager);
        return new Run(this.ledger, snapshot, shares).verify(onProgress);
      }),
    );
  }
}

/** One verification, with its findings so far. */
class Run {
  private readonly differences = new Findings<Difference>();
  private readonly violations = new Findings<string>();
  private readonly warnings = new Findings<string>();
  private readonly rowSums: RowSums;
  private money: MoneyTotals = NO_MONEY;
  private entries = 0;
  private deployments = 0;

  constructor(
    private readonly ledger: LedgerReader,
    private readonly snapshot: Snapshot,
    shares: ShareTimeline,
  ) {
    this.rowSums = new RowSums(shares);
  }

  async verify(onProgress: UpkeepProgress): Promise<Verification> {
    const { manager } = this.snapshot;
    const allUsers = await manager.getRepository(CreditAccountEntity).count();
    let users = 0;
    for await (const userIds of batchesOfUsers(manager)) {
      await this.verifyUsers(userIds);
      users += userIds.length;
      onProgress(users, allUsers);
    }
    await this.findRowsWithoutAccount();
    for (const violation of moneyViolations(this.money)) this.violations.add(violation);
    for (const violation of await storedMoneyViolations(this.snapshot, this.money)) {
      this.violations.add(violation);
    }
    for await (const disagreement of this.rowSums.disagreements(this.snapshot)) {
      this.violations.add(disagreement);
    }
    for await (const violation of keptSumsViolations(this.snapshot)) this.violations.add(violation);
    return {
      users,
      entries: this.entries,
      deployments: this.deployments,
      differences: this.differences.kept,
      differenceCount: this.differences.count,
      violations: this.violations.kept,
      violationCount: this.violations.count,
      warnings: this.warnings.kept,
      warningCount: this.warnings.count,
      money: this.money,
    };
  }

  private async verifyUsers(userIds: readonly string[]): Promise<void> {
    const expected = emptyProjection();
    for (const history of await this.ledger.historiesOf(userIds, this.snapshot.manager)) {
      this.entries += history.entries.length;
      this.fold(history, expected);
    }
    for (const name of TABLES) await this.compare(name, userIds, expected);
  }

  /** A history that cannot be folded is a finding and does not end the verification. */
  private fold(history: UserHistory, expected: ProjectionRows): void {
    const account = emptyAccount();
    try {
      this.applyAll(history, account);
    } catch (error) {
      if (!(error instanceof HistoryError)) throw error;
      this.violations.add(`user ${history.userId}: the history cannot be folded: ${error.message}`);
      return;
    }
    for (const violation of violationsOf(account)) {
      this.violations.add(`user ${history.userId}: ${violation}`);
    }
    this.money = addMoney(this.money, moneyTotalsOf(account));
    addProjection(expected, history, account);
  }

  private applyAll({ userId, entries }: UserHistory, account: Account): void {
    for (const entry of [...entries].sort(compareEntries)) {
      const { shortfallCredits } = applyEntry(account, entry);
      if (shortfallCredits === 0n) continue;
      this.warnings.add(
        `user ${userId}: ${entry.type} ${entry.id} has a shortfall of ${formatDecimal(shortfallCredits)} credits, because at its time there are fewer credits to take than it states`,
      );
    }
  }

  private async compare(
    name: ProjectionName,
    userIds: readonly string[],
    expected: ProjectionRows,
  ): Promise<void> {
    const table = PROJECTION_TABLES[name];
    const stored = await storedRows(this.snapshot.client, table, userIds);
    for (const difference of differencesBetween(table, stored, expected[name])) {
      this.differences.add(difference);
    }
    if (name !== 'deployments') return;
    this.deployments += stored.length;
    for (const row of stored) this.rowSums.add(row);
  }

  /** Users without an account, and rows of users that do not exist: the batches do not contain them. */
  private async findRowsWithoutAccount(): Promise<void> {
    const { manager } = this.snapshot;
    const accounts = PROJECTION_TABLES.accounts.name;
    const homeless = await manager.query<{ id: string }[]>(
      `SELECT id FROM users WHERE NOT EXISTS (SELECT FROM ${accounts} WHERE user_id = users.id)`,
    );
    for (const { id } of homeless) {
      this.differences.add({
        table: accounts,
        key: `user_id=${id}`,
        column: null,
        stored: null,
        expected: 'a row',
      });
    }
    for (const { name } of Object.values(PROJECTION_TABLES).filter((table) => table.name !== accounts)) {
      const usersWithoutAccount = await manager.query<{ userId: string }[]>(
        `SELECT DISTINCT user_id AS "userId" FROM ${name} AS stored
          WHERE NOT EXISTS (SELECT FROM ${accounts} AS account WHERE account.user_id = stored.user_id)`,
      );
      for (const { userId } of usersWithoutAccount) {
        this.differences.add({
          table: name,
          key: `user_id=${userId}`,
          column: null,
          stored: 'rows',
          expected: null,
        });
      }
    }
  }
}
