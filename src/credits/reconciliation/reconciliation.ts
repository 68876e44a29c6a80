import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import {
  accountAt,
  foldEntries,
  formatInstant,
  type Balance,
  type Instant,
  type Micros,
} from '../../domain/index.js';
import { snapshotOn, withoutTimeLimits, type Snapshot } from '../../platform/database/index.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import type { UserHistory } from '../ledger/user-history.js';
import { CreditAccountEntity } from '../persistence/credit-account.entity.js';
import { instantOf } from '../reading/stored-account.js';
import { expectedBalancesIn, type ExpectedBalance } from './expected-balance.js';
import { ExpectedBalances } from './expected-balances.js';

/** Lines that go to the database at a time. */
const LINES_PER_BATCH = 5_000;

/** Where the ledger and the file part, or what the file says wrongly. */
export type ReconciliationFinding =
  | {
      readonly kind: 'difference';
      readonly userId: string;
      readonly figure: 'free' | 'purchased' | 'unpaid';
      readonly recorded: Micros;
      readonly expected: Micros;
    }
  | { readonly kind: 'unknownUser'; readonly userId: string }
  /** Not in the file, though it should name everybody. */
  | { readonly kind: 'missingUser'; readonly userId: string; readonly balance: Balance }
  | { readonly kind: 'badLine'; readonly line: string; readonly complaint: string };

/** How a file is to be compared. */
export interface ReconciliationRequest {
  /** Only what happened and expired up to it counts, with all that is known now; null: now. */
  readonly at: Instant | null;
  /** The file names everybody: somebody who has or owes credits and is not in it is a finding. */
  readonly isComplete: boolean;
  /** Called for each finding as it is made: there may be as many as users. */
  readonly onFinding: (finding: ReconciliationFinding) => void;
  readonly onProgress: (phase: 'reading' | 'comparing', done: number, total: number | null) => void;
}

/** What a comparison comes to. */
export interface ReconciliationReport {
  /** Users that are both in the file and in the ledger. */
  readonly compared: number;
  /** Of them, those whose balance is another. */
  readonly differing: number;
  readonly findings: number;
  /** The instant whose balances were compared. */
  readonly at: string;
}

/** Holds balances of other books, such as those of a platform that moves in, against the ledger. */
@Injectable()
export class Reconciliation {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly ledger: LedgerReader,
  ) {}

  /**
   * Compares a file of balances (expected-balance.ts) with what the ledger gives, folded from the first entry with
   * the expiries up to the instant, in one snapshot and some users at a time. Records nothing.
   *
   * @throws Problem where the file's first line says nothing of its columns
   */
  async run(bytes: AsyncIterable<Uint8Array>, request: ReconciliationRequest): Promise<ReconciliationReport> {
    return withoutTimeLimits(this.dataSource, async (runner) => {
      const comparison = new Comparison(this.ledger, request);
      const expected = await comparison.read(bytes, runner);
      const report = await snapshotOn(runner, (snapshot) => comparison.compare(expected, snapshot));
      await expected.close();
      return report;
    });
  }
}

/** One comparison, with what it has found so far. */
class Comparison {
  private compared = 0;
  private differing = 0;
  private findings = 0;

  constructor(
    private readonly ledger: LedgerReader,
    private readonly request: ReconciliationRequest,
  ) {}

  async read(bytes: AsyncIterable<Uint8Array>, { manager }: QueryRunner): Promise<ExpectedBalances> {
    const balances = await ExpectedBalances.open(manager);
    let batch: (ExpectedBalance & { line: number })[] = [];
    let lines = 0;
    for await (const line of expectedBalancesIn(bytes)) {
      lines += 1;
      if ('complaint' in line) this.findBadLine(String(line.number), line.complaint);
      else batch.push({ ...line.expected, line: line.number });
      if (batch.length < LINES_PER_BATCH) continue;
      await balances.add(batch);
      batch = [];
      this.request.onProgress('reading', lines, null);
    }
    await balances.add(batch);
    for (const { line, userId, firstLine } of await balances.seal()) {
      this.findBadLine(line, `line ${firstLine} has said what user ${userId} has`);
    }
    return balances;
  }

  async compare(balances: ExpectedBalances, { manager, takenAt }: Snapshot): Promise<ReconciliationReport> {
    const at = this.request.at ?? instantOf(takenAt);
    const allUsers = await manager.getRepository(CreditAccountEntity).count();
    let users = 0;
    for await (const userIds of this.ledger.batchesOfUsers(manager)) {
      const expected = await balances.of(userIds);
      const wanted = userIds.filter((userId) => this.request.isComplete || expected.has(userId));
      for (const history of await this.ledger.historiesOf(wanted, manager)) {
        this.judge(history, expected.get(history.userId), at);
      }
      users += userIds.length;
      this.request.onProgress('comparing', users, allUsers);
    }
    for await (const userId of balances.strangers()) this.find({ kind: 'unknownUser', userId });
    const { compared, differing, findings } = this;
    return { compared, differing, findings, at: formatInstant(at) };
  }

  private judge(history: UserHistory, expected: ExpectedBalance | undefined, at: Instant): void {
    const { userId } = history;
    const { balance } = accountAt(foldEntries(this.entriesOf(history)), at);
    if (expected === undefined) {
      const isEmpty = Object.values(balance).every((credits: Micros) => credits === 0n);
      if (!isEmpty) this.find({ kind: 'missingUser', userId, balance });
      return;
    }
    const before = this.findings;
    this.difference(userId, 'free', balance.freeCredits, expected.free);
    this.difference(userId, 'purchased', balance.purchasedCredits, expected.purchased);
    this.difference(userId, 'unpaid', balance.unpaidCredits, expected.unpaid);
    this.compared += 1;
    if (this.findings > before) this.differing += 1;
  }

  private entriesOf({ entries }: UserHistory): UserHistory['entries'] {
    const { at } = this.request;
    return at === null ? entries : entries.filter(({ occurredAt }) => occurredAt <= at);
  }

  private difference(
    userId: string,
    figure: 'free' | 'purchased' | 'unpaid',
    recorded: Micros,
    expected: Micros,
  ): void {
    if (recorded !== expected) this.find({ kind: 'difference', userId, figure, recorded, expected });
  }

  private findBadLine(line: string, complaint: string): void {
    this.find({ kind: 'badLine', line, complaint });
  }

  private find(finding: ReconciliationFinding): void {
    this.findings += 1;
    this.request.onFinding(finding);
  }
}
