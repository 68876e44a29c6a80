import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import { accountAt, foldEntries, formatInstant, type Instant } from '../../domain/index.js';
import { Snapshots, withoutTimeLimits, type Snapshot } from '../../platform/database/index.js';
import { batchesOfUsers } from '../accounts/user-batches.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import type { UserHistory } from '../ledger/ledger-reader.js';
import { CreditAccountEntity } from '../accounts/credit-account.entity.js';
import { instantOf } from '../accounts/stored-account.js';
import type { Books } from './books.js';
import { expectedBalancesOf, type ExpectedBalance } from './expected-balance.js';
import { ExpectedBalances } from './expected-balances.js';
import { distance, figureOfMicros, formatFigure, type Figure, type FigureReading } from './figure.js';
import { SortedFindings } from './sorted-findings.js';

/** Lines per batch that is sent to the database. */
const LINES_PER_BATCH = 5_000;

/** A difference between the ledger and the file, or an invalid line of the file; figures are decimal strings. */
export type ReconciliationFinding =
  | {
      readonly kind: 'difference';
      readonly userId: string;
      readonly figure: 'free' | 'purchased' | 'unpaid';
      readonly recorded: string;
      readonly expected: string;
    }
  | { readonly kind: 'unknownUser'; readonly userId: string }
  /** A user who is not in the file, although the file should contain all users. */
  | {
      readonly kind: 'missingUser';
      readonly userId: string;
      readonly free: string;
      readonly purchased: string;
      readonly unpaid: string;
    }
  | { readonly kind: 'badLine'; readonly line: string; readonly complaint: string };

/** Options of a comparison. */
export interface ReconciliationRequest {
  /** The instant of the balances. Entries and expiries up to it count, whenever they were recorded; null for now. */
  readonly at: Instant | null;
  /** Whether the file contains all users. If so, a missing user with credits or debts is a finding. */
  readonly isComplete: boolean;
  readonly figures: FigureReading;
  /**
   * Called at the end for each finding: invalid lines first, then the others by size, the largest first. The size is
   * the difference of a figure, or the largest figure of a user who is only in the file or only in the ledger.
   */
  readonly onFinding: (finding: ReconciliationFinding) => void;
  readonly onProgress: (phase: 'reading' | 'comparing', done: number, total: number | null) => void;
}

/** The result of a comparison. */
export interface ReconciliationReport {
  /** Number of users who are in the file and in the ledger. */
  readonly compared: number;
  /** Number of these users whose balances differ. */
  readonly differing: number;
  readonly findings: number;
  /** The instant of the compared balances. */
  readonly at: string;
}

/** Compares balances of another system's books with the ledger, for example after a migration. */
@Injectable()
export class Reconciliation {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly snapshots: Snapshots,
    private readonly ledger: LedgerReader,
  ) {}

  /**
   * Compares a file of balances (books.ts) with the ledger. Histories are folded from the first entry, with the
   * expiries up to the instant, in one snapshot and in batches of users. Records nothing.
   *
   * @throws Problem if the file contains no record
   */
  async run({ lines }: Books, request: ReconciliationRequest): Promise<ReconciliationReport> {
    return withoutTimeLimits(this.dataSource, async (runner) => {
      const comparison = await Comparison.open(this.ledger, request, runner);
      await comparison.read(lines);
      const report = await this.snapshots.readOn(runner, (snapshot) => comparison.compare(snapshot));
      await comparison.close();
      return report;
    });
  }
}

/** One comparison, with its findings so far. */
class Comparison {
  private compared = 0;
  private differing = 0;

  private constructor(
    private readonly ledger: LedgerReader,
    private readonly request: ReconciliationRequest,
    private readonly balances: ExpectedBalances,
    private readonly findings: SortedFindings<ReconciliationFinding>,
  ) {}

  static async open(
    ledger: LedgerReader,
    request: ReconciliationRequest,
    { manager }: QueryRunner,
  ): Promise<Comparison> {
    const balances = await ExpectedBalances.open(manager);
    return new Comparison(ledger, request, balances, await SortedFindings.open(manager));
  }

  async read(bookLines: Books['lines']): Promise<void> {
    let batch: (ExpectedBalance & { line: number })[] = [];
    let lines = 0;
    for await (const line of expectedBalancesOf(bookLines, this.request.figures)) {
      lines += 1;
      if ('complaint' in line) await this.findBadLine(String(line.number), line.complaint);
      else batch.push({ ...line.expected, line: line.number });
      if (batch.length < LINES_PER_BATCH) continue;
      await this.balances.add(batch);
      batch = [];
      this.request.onProgress('reading', lines, null);
    }
    await this.balances.add(batch);
    for (const { line, userId, firstLine } of await this.balances.seal()) {
      await this.findBadLine(line, `line ${firstLine} already contains user ${userId}`);
    }
    await this.findings.flush();
  }

  async compare({ manager, takenAt }: Snapshot): Promise<ReconciliationReport> {
    const at = this.request.at ?? instantOf(takenAt);
    const allUsers = await manager.getRepository(CreditAccountEntity).count();
    let users = 0;
    for await (const userIds of batchesOfUsers(manager)) {
      const expected = await this.balances.of(userIds);
      const wanted = userIds.filter((userId) => this.request.isComplete || expected.has(userId));
      for (const history of await this.ledger.historiesOf(wanted, manager)) {
        await this.judge(history, expected.get(history.userId), at);
      }
      users += userIds.length;
      this.request.onProgress('comparing', users, allUsers);
    }
    for await (const { userId, free, purchased, unpaid } of this.balances.unknownUsers()) {
      await this.findings.add({ kind: 'unknownUser', userId }, largest(free, purchased, unpaid));
    }
    for await (const finding of this.findings.bySize()) this.request.onFinding(finding);
    const { compared, differing, findings } = this;
    return { compared, differing, findings: findings.count, at: formatInstant(at) };
  }

  async close(): Promise<void> {
    await this.findings.close();
    await this.balances.close();
  }

  private async judge(
    history: UserHistory,
    expected: ExpectedBalance | undefined,
    at: Instant,
  ): Promise<void> {
    const { userId } = history;
    const { balance } = accountAt(foldEntries(this.entriesOf(history)), at);
    const recorded = {
      free: figureOfMicros(balance.freeCredits),
      purchased: figureOfMicros(balance.purchasedCredits),
      unpaid: figureOfMicros(balance.unpaidCredits),
    };
    if (expected === undefined) await this.judgeMissing(userId, recorded);
    else await this.judgeNamed(recorded, expected);
  }

  private async judgeMissing(userId: string, recorded: Figures): Promise<void> {
    const size = largest(...Object.values(recorded));
    if (distance(size, 0n, this.request.figures) === 0n) return;
    const texts = {
      free: formatFigure(recorded.free),
      purchased: formatFigure(recorded.purchased),
      unpaid: formatFigure(recorded.unpaid),
    };
    await this.findings.add({ kind: 'missingUser', userId, ...texts }, size);
  }

  private async judgeNamed(recorded: Figures, expected: ExpectedBalance): Promise<void> {
    const before = this.findings.count;
    for (const figure of FIGURES) {
      const size = distance(recorded[figure], expected[figure], this.request.figures);
      if (size === 0n) continue;
      const texts = { recorded: formatFigure(recorded[figure]), expected: formatFigure(expected[figure]) };
      await this.findings.add({ kind: 'difference', userId: expected.userId, figure, ...texts }, size);
    }
    this.compared += 1;
    if (this.findings.count > before) this.differing += 1;
  }

  private entriesOf({ entries }: UserHistory): UserHistory['entries'] {
    const { at } = this.request;
    return at === null ? entries : entries.filter(({ occurredAt }) => occurredAt <= at);
  }

  private findBadLine(line: string, complaint: string): Promise<void> {
    return this.findings.add({ kind: 'badLine', line, complaint }, null);
  }
}

const FIGURES = ['free', 'purchased', 'unpaid'] as const;
type Figures = Readonly<Record<(typeof FIGURES)[number], Figure>>;

function largest(...figures: readonly Figure[]): Figure {
  return figures.reduce((most, figure) => (figure > most ? figure : most), 0n);
}
