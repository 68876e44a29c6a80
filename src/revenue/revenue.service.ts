import { Injectable } from '@nestjs/common';
import type { CsvDelivery } from '../platform/csv/index.js';
import { ReportSnapshots } from '../platform/database/index.js';
import { CsvExport, type ExportRequest } from './export/csv-export.js';
import { Explainer } from './explanation/explainer.js';
import type { FullExplanation, PartnerExplanation } from './explanation/explanation.js';
import { FilterResolver } from './filter/filter-resolver.js';
import { readReport } from './report/read-report.js';
import type { PageRequest } from './report/report-page.js';
import {
  decodedReport,
  reportJson,
  sortOrderOf,
  type EncodedReport,
  type ReportRequest,
  type RevenueReport,
} from './report/revenue-report.js';
import type { Verification } from './upkeep/findings.js';
import { Rebuild, type RebuildOptions, type RebuildReport } from './upkeep/rebuild.js';
import type { UpkeepProgress } from './upkeep/upkeep-progress.js';
import { Verify } from './upkeep/verify.js';
import type { Viewer } from './viewer.js';

/** What partners' modules earned: as a report, as a file, explained, and checked against the ledger. */
@Injectable()
export class RevenueService {
  constructor(
    private readonly snapshots: ReportSnapshots,
    private readonly filters: FilterResolver,
    private readonly csv: CsvExport,
    private readonly explainer: Explainer,
    private readonly rebuilding: Rebuild,
    private readonly verifying: Verify,
  ) {}

  /**
   * One page of a report with the totals of all of it, from one snapshot.
   *
   * @throws Problem 400 for a range, zone or cursor that cannot be, 403 for owners that a partner may not ask for,
   *         404 for ids that are unknown or foreign
   */
  async report(request: ReportRequest & PageRequest, viewer: Viewer): Promise<RevenueReport> {
    return decodedReport(await this.read(request, viewer));
  }

  /** The same as a body of JSON, whose rows nothing here has read and written again. */
  async reportJson(request: ReportRequest & PageRequest, viewer: Viewer): Promise<string> {
    return reportJson(await this.read(request, viewer));
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

  /** Why a deployment's row is what it is, from its user's credit history; see Explainer.explain. */
  explain(deploymentId: string, viewer: Viewer): Promise<FullExplanation | PartnerExplanation> {
    return this.explainer.explain(deploymentId, viewer);
  }

  /** Recomputes everything stored from the ledger; see Rebuild.run. */
  rebuild(options?: RebuildOptions): Promise<RebuildReport> {
    return this.rebuilding.run(options);
  }

  /** Recomputes everything beside what is stored, and checks all invariants; see Verify.run. */
  verify(onProgress?: UpkeepProgress): Promise<Verification> {
    return this.verifying.run(onProgress);
  }

  private async read(request: ReportRequest & PageRequest, viewer: Viewer): Promise<EncodedReport> {
    const filter = await this.filters.resolveAhead(request, viewer);
    const report = { filter, order: sortOrderOf(request), viewer };
    return this.snapshots.readAtOnce((client, takenAt) => readReport(client, report, request, takenAt));
  }
}
