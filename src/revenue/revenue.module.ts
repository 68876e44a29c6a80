import { Module } from '@nestjs/common';
import { CreditsModule } from '../credits/index.js';
import { UsersModule } from '../users/index.js';
import { VariablesModule } from '../variables/index.js';
import { Explainer } from './explanation/explainer.js';
import { CsvExport } from './export/csv-export.js';
import { FilterResolver } from './filter/filter-resolver.js';
import { SharePreviewController } from './http/share-preview.controller.js';
import { SharePreviewService } from './preview/share-preview.service.js';
import { RevenueReconciliation } from './reconciliation/revenue-reconciliation.js';
import { RevenueController } from './http/revenue.controller.js';
import { RevenueService } from './revenue.service.js';
import { CompactionWorker } from './rollup/compaction-worker.js';
import { Compaction } from './rollup/compaction.js';
import { SummaryController } from './http/summary.controller.js';
import { SummaryService } from './summary/summary.service.js';
import { Rebuild } from './upkeep/rebuild.js';
import { Verify } from './upkeep/verify.js';

/** Revenue reports, their explanation, and the rebuild and verification of the stored rows. */
@Module({
  imports: [CreditsModule, UsersModule, VariablesModule],
  // The route of the summary must come before `:deploymentId`. No deployment can have the id `summary`.
  controllers: [SummaryController, RevenueController, SharePreviewController],
  providers: [
    RevenueService,
    FilterResolver,
    CsvExport,
    SummaryService,
    SharePreviewService,
    Explainer,
    Compaction,
    CompactionWorker,
    Rebuild,
    Verify,
    RevenueReconciliation,
  ],
  exports: [RevenueService],
})
export class RevenueModule {}
