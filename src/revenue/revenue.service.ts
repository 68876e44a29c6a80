import { Injectable } from '@nestjs/common';
import type { CsvDelivery } from '../platform/csv/index.js';
import { ReportSnapshots } from '../platform/database/index.js';
import { LocalClock } from '../variables/index.js';
import { CsvExport, type ExportRequest } from './export/csv-export.js';
import { Explainer } from './explanation/explainer.js';
import type { FullExplanation, PartnerExplanation } from './explanation/explanation.js';
import { FilterResolver } from './filter/filter-resolver.js';
import { ReportReader } from './report/read-report.js';
import type { PageRequest } from './report/report-page.js';
import {
  decodedReport,
  reportJson,
  sortOrderOf,
  type EncodedReport,
  type ReportRequest,
  type RevenueReport,
} from './report/revenue-report.js';
import { changesOf, sharesInWords } from './share/share-words.js';
import type { Verification } from './upkeep/findings.js';
import { Rebuild, type RebuildOptions, type RebuildReport } from './upkeep/rebuild.js';
import type { UpkeepProgress } from './upkeep/upkeep-progress.js';
import { Verify } from './upkeep/verify.js';
import type { Viewer } from './viewer.js';

/** Revenue of partners' modules: as a report, as a file, with an explanation, and verified against the ledger. */
@Injectable()
export class RevenueService {
  private readonly reports = new ReportReader();

  constructor(
    private readonly snapshots: ReportSnapshots,
    private readonly filters: FilterResolver,
    private readonly clock: LocalClock,
    private readonly csv: CsvExport,
    private readonly explainer: Explainer,
    private readonly rebuilding: Rebuild,
    private readonly verifying: Verify,
  ) {}

  /**
   * One page of a report with the totals of the whole report, from one snapshot.
   *
   * @throws Problem 400 for an invalid range, zone or cursor, 403 if a partner asks for other owners, 404 for ids that
   *   are unknown or belong to another partner
   */
  async report(request: ReportRequest & PageRequest, viewer: Viewer): Promise<RevenueReport> {
    return decodedReport(await this.read(request, viewer));
  }

  /** The same as a JSON body; the rows are not parsed here. */
  async reportJson(request: ReportRequest & PageRequest, viewer: Viewer): Promise<string> {
    return reportJson(await this.read(request, viewer));
  }

  /** The shares of a report's range in words, with days of its time zone. */
  async sharesInWords({ shares, filter }: Pick<RevenueReport, 'shares' | 'filter'>): Promise<string> {
    const locals = await this.clock.read({ timeZone: filter.timeZone }, changesOf(shares));
    return sharesInWords(shares, (instant) => locals?.of(instant) ?? instant);
  }

  /** All rows of a report as CSV; see CsvExport.write. */
  exportCsv(
    request: ExportRequest,
    viewer: Viewer,
    deliver: CsvDelivery,
    signal?: AbortSignal,
  ): Promise<void> {
    return this.csv.write(request, viewer, deliver, signal);
  }

  /** Explains the row of a deployment from its user's credit history; see Explainer.explain. */
  explain(deploymentId: string, viewer: Viewer): Promise<FullExplanation | PartnerExplanation> {
    return this.explainer.explain(deploymentId, viewer);
  }

  /** Recomputes all stored results from the ledger; see Rebuild.run. */
  rebuild(options?: RebuildOptions): Promise<RebuildReport> {
    return this.rebuilding.run(options);
  }

  /** Compares all stored results with a new computation, and checks all invariants; see Verify.run. */
  verify(onProgress?: UpkeepProgress): Promise<Verification> {
    return this.verifying.run(onProgress);
  }

  private async read(request: ReportRequest & PageRequest, viewer: Viewer): Promise<EncodedReport> {
    const filter = await this.filters.resolveAhead(request, viewer);
    const report = { filter, order: sortOrderOf(request), viewer };
    return this.snapshots.readAtOnce((client, takenAt) =>
      this.reports.read(client, report, request, takenAt),
    );
  }
}
