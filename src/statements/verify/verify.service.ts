import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Snapshots, withoutTimeLimits, type Snapshot } from '../../platform/database/index.js';
import { VariablesService } from '../../variables/index.js';
import { readClosings } from '../closing/closing.js';
import { sharesOf } from '../closing/terms.js';
import { chainViolations, CLOSINGS_WITHOUT_RUN } from './chain-check.js';
import { lineChecks, MARK_CHECKS, PAYMENT_CHECKS, type SqlCheck } from './sql-checks.js';
import { statementViolations } from './statement-check.js';

/** The result of a verification of closed months. */
export interface StatementsVerification {
  readonly closings: number;
  readonly statements: number;
  /** The digest of the last closing; null if no month is closed. */
  readonly head: string | null;
  /** A sentence each; the first 1,000. */
  readonly violations: readonly string[];
  readonly violationCount: number;
}

const KEPT_MAX = 1_000;

/** Compares closed months with their lines, digests, the report and the ledger. Changes nothing. */
@Injectable()
export class StatementsVerify {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly snapshots: Snapshots,
    private readonly variables: VariablesService,
  ) {}

  /** @param head the digest of the last closing, kept outside of the database */
  async run(head?: string): Promise<StatementsVerification> {
    return withoutTimeLimits(this.dataSource, (runner) =>
      this.snapshots.readOn(runner, (snapshot) => this.runIn(snapshot, head)),
    );
  }

  /** The same in a transaction of the caller. */
  async runIn(
    { client, manager }: Pick<Snapshot, 'client' | 'manager'>,
    head?: string,
  ): Promise<StatementsVerification> {
    const closings = await readClosings(manager);
    const { shares } = await this.variables.current(manager);
    const found: string[] = [];
    let count = 0;
    const add = (violation: string): void => {
      count += 1;
      if (found.length < KEPT_MAX) found.push(violation);
    };
    for await (const violation of chainViolations(closings, head, manager)) add(violation);
    for await (const violation of statementViolations(closings, client, manager)) add(violation);
    const checks: SqlCheck[] = [
      CLOSINGS_WITHOUT_RUN,
      ...lineChecks(sharesOf(shares)),
      ...MARK_CHECKS,
      ...PAYMENT_CHECKS,
    ];
    for (const check of closings.length === 0 ? [] : checks) {
      for (const { violation } of await manager.query<{ violation: string }[]>(check)) add(violation);
    }
    return {
      closings: closings.length,
      statements: closings.reduce((sum, { statements }) => sum + statements, 0),
      head: closings.at(-1)?.digest ?? null,
      violations: found,
      violationCount: count,
    };
  }
}
