import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import {
  distance,
  figureOfMicros,
  formatFigure,
  SortedFindings,
  type Books,
  type Figure,
  type FigureReading,
} from '../../credits/index.js';
import { microsFromNumeric, type ShareTimeline } from '../../domain/index.js';
import { Snapshots, withoutTimeLimits, type Snapshot } from '../../platform/database/index.js';
import { VariablesService, type Variables } from '../../variables/index.js';
import type { RevenueFilter } from '../filter/revenue-filter.js';
import { sumPeriods } from '../rollup/sums.js';
import { readPeriods, type Period } from '../summary/periods.js';
import { expectedRevenueOf, ExpectedRevenues, type ExpectedRevenue } from './expected-revenue.js';

/** Lines per INSERT. */
const LINES_PER_BATCH = 5_000;

/** A difference between report and file, or an invalid line of the file; figures are decimal strings. */
export type RevenueFinding =
  | {
      readonly kind: 'difference';
      readonly partnerId: string;
      readonly month: string;
      readonly recorded: string;
      readonly expected: string;
    }
  | {
      readonly kind: 'unknownPartner';
      readonly partnerId: string;
      readonly month: string;
      readonly expected: string;
    }
  /** Missing from the file, although the file should be complete. */
  | {
      readonly kind: 'missing';
      readonly partnerId: string;
      readonly month: string;
      readonly recorded: string;
    }
  | { readonly kind: 'badLine'; readonly line: string; readonly complaint: string };

/** How to compare a file. */
export interface RevenueReconciliationRequest {
  /** The file lists every partner and month with revenue; missing ones are findings. */
  readonly isComplete: boolean;
  readonly figures: FigureReading;
  /** Called at the end for each finding: invalid lines first, then differences by size, the largest first. */
  readonly onFinding: (finding: RevenueFinding) => void;
  readonly onProgress: (phase: 'reading' | 'comparing', done: number, total: number | null) => void;
}

/** The result of a comparison. */
export interface RevenueReconciliationReport {
  /** Lines of the file that were compared; each is one month of one partner. */
  readonly compared: number;
  /** Compared lines with a different gross revenue. */
  readonly differing: number;
  readonly findings: number;
  /** The time zone of the months: the variable `timeZone`. */
  readonly timeZone: string;
}

/** Compares partners' revenue in other books with the report. */
@Injectable()
export class RevenueReconciliation {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly snapshots: Snapshots,
    private readonly variables: VariablesService,
  ) {}

  /**
   * Compares a file of partners' revenue by month with the gross revenue of the report, in one snapshot and one month
   * at a time. Records nothing.
   *
   * @throws Problem if the file contains no record
   */
  async run({ lines }: Books, request: RevenueReconciliationRequest): Promise<RevenueReconciliationReport> {
    return withoutTimeLimits(this.dataSource, async (runner) => {
      const comparison = await Comparison.open(request, runner);
      await comparison.read(lines);
      const report = await this.snapshots.readOn(runner, async (snapshot) => {
        return comparison.compare(snapshot, await this.variables.current(snapshot.manager));
      });
      await comparison.close();
      return report;
    });
  }
}

class Comparison {
  private compared = 0;
  private differing = 0;

  private constructor(
    private readonly request: RevenueReconciliationRequest,
    private readonly revenues: ExpectedRevenues,
    private readonly findings: SortedFindings<RevenueFinding>,
  ) {}

  static async open(request: RevenueReconciliationRequest, { manager }: QueryRunner): Promise<Comparison> {
    const revenues = await ExpectedRevenues.open(manager);
    return new Comparison(request, revenues, await SortedFindings.open(manager));
  }

  async read(bookLines: Books['lines']): Promise<void> {
    let batch: (ExpectedRevenue & { line: number })[] = [];
    let lines = 0;
    for await (const line of expectedRevenueOf(bookLines, this.request.figures)) {
      lines += 1;
      if ('complaint' in line) await this.findBadLine(String(line.number), line.complaint);
      else batch.push({ ...line.expected, line: line.number });
      if (batch.length < LINES_PER_BATCH) continue;
      await this.revenues.add(batch);
      batch = [];
      this.request.onProgress('reading', lines, null);
    }
    await this.revenues.add(batch);
    for (const { line, partnerId, month, firstLine } of await this.revenues.seal()) {
      await this.findBadLine(
        line,
        `line ${firstLine} already contains the revenue of partner ${partnerId} in ${month}`,
      );
    }
    await this.findings.flush();
  }

  async compare(snapshot: Snapshot, { timeZone, shares }: Variables): Promise<RevenueReconciliationReport> {
    const unknownPartners = await this.revenues.unknownPartners();
    const periods = await readPeriods(snapshot.client, ALL_REVENUE, 'month', timeZone);
    for (const [index, period] of periods.entries()) {
      const recorded = await grossByPartner(snapshot, period, shares);
      const expected = await this.revenues.of(period.key);
      for (const partnerId of new Set([...expected.keys(), ...recorded.keys()])) {
        const row = { partnerId, month: period.key };
        await this.judge(row, recorded.get(partnerId) ?? 0n, expected.get(partnerId), unknownPartners);
      }
      this.request.onProgress('comparing', index + 1, periods.length);
    }
    for await (const { gross, ...row } of this.revenues.outside(periods.map(({ key }) => key))) {
      await this.judge(row, 0n, gross, unknownPartners);
    }
    for await (const finding of this.findings.bySize()) this.request.onFinding(finding);
    const { compared, differing, findings } = this;
    return { compared, differing, findings: findings.count, timeZone };
  }

  async close(): Promise<void> {
    await this.findings.close();
    await this.revenues.close();
  }

  private async judge(
    row: { readonly partnerId: string; readonly month: string },
    recorded: Figure,
    expected: Figure | undefined,
    unknownPartners: ReadonlySet<string>,
  ): Promise<void> {
    if (expected === undefined && !this.request.isComplete) return;
    if (unknownPartners.has(row.partnerId)) {
      const gross = expected ?? 0n;
      const size = gross < 0n ? -gross : gross;
      await this.findings.add({ kind: 'unknownPartner', ...row, expected: formatFigure(gross) }, size);
      return;
    }
    const size = distance(recorded, expected ?? 0n, this.request.figures);
    if (expected !== undefined) this.compared += 1;
    if (size === 0n) return;
    if (expected === undefined) {
      await this.findings.add({ kind: 'missing', ...row, recorded: formatFigure(recorded) }, size);
      return;
    }
    this.differing += 1;
    const texts = { recorded: formatFigure(recorded), expected: formatFigure(expected) };
    await this.findings.add({ kind: 'difference', ...row, ...texts }, size);
  }

  private findBadLine(line: string, complaint: string): Promise<void> {
    return this.findings.add({ kind: 'badLine', line, complaint }, null);
  }
}

/** The gross revenue of one month, by partner. */
async function grossByPartner(
  { client }: Snapshot,
  { range }: Period,
  shares: ShareTimeline,
): Promise<Map<string, Figure>> {
  const sums = await sumPeriods(client, { filter: ALL_REVENUE, periods: [range], shares, by: 'partner' });
  return new Map(
    sums.flatMap(({ key, grossRevenue }) =>
      key === null ? [] : [[key, figureOfMicros(microsFromNumeric(grossRevenue))] as const],
    ),
  );
}

const ALL_REVENUE: RevenueFilter = {
  startDate: null,
  endDate: null,
  from: null,
  to: null,
  timeZone: null,
  moduleIds: [],
  exceptModuleIds: [],
  userIds: [],
  partnerIds: [],
  owner: 'partner',
  includeFree: false,
};
