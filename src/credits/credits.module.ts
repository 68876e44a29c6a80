import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ModulesModule } from '../modules/index.js';
import { UsersModule } from '../users/index.js';
import { VariablesModule } from '../variables/index.js';
import { AwardBatchChunk } from './batches/award-batch-chunk.js';
import { AwardBatchWorker } from './batches/award-batch-worker.js';
import { AwardBatchesController } from './http/award-batches.controller.js';
import { AwardBatchesService } from './batches/award-batches.service.js';
import { AwardBatchItemEntity } from './batches/award-batch-item.entity.js';
import { AwardBatchEntity } from './batches/award-batch.entity.js';
import { DeploymentQuery } from './queries/deployment-query.js';
import { DeploymentsController } from './http/deployments.controller.js';
import { ChargeGroup } from './charging/charge-group.js';
import { Charges } from './charging/charges.js';
import { CreditEntriesController } from './http/entries.controller.js';
import { EntryWrites } from './commands/entry-writes.js';
import { HistoryExport } from './http/history-export.js';
import { ImportController } from './http/imports.controller.js';
import { ImportService } from './import/import.service.js';
import { JudgingTermsReader } from './commands/judging-terms.js';
import { UserModuleImport } from './import/user-module-import.js';
import { LedgerReader } from './ledger/ledger-reader.js';
import { CreditAccountEntity } from './accounts/credit-account.entity.js';
import { CreditEntryEntity } from './ledger/credit-entry.entity.js';
import { CreditLotEntity } from './accounts/credit-lot.entity.js';
import { ProjectionWriter } from './accounts/projection-writer.js';
import { ReversalsController } from './http/reversals.controller.js';
import { CreditQueriesController } from './http/credit-queries.controller.js';
import { CreditQueries } from './queries/credit-queries.service.js';
import { Reconciliation } from './reconcile/reconciliation.js';
import { EntryRecorder } from './commands/entry-recorder.js';
import { LateEntry } from './commands/late-entry.js';

/** The ledger: recording, reading and importing entries, and the results of their fold. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      CreditEntryEntity,
      CreditAccountEntity,
      CreditLotEntity,
      AwardBatchEntity,
      AwardBatchItemEntity,
    ]),
    UsersModule,
    ModulesModule,
    VariablesModule,
  ],
  controllers: [
    AwardBatchesController,
    CreditEntriesController,
    CreditQueriesController,
    DeploymentsController,
    ImportController,
    ReversalsController,
  ],
  providers: [
    AwardBatchChunk,
    AwardBatchesService,
    AwardBatchWorker,
    ChargeGroup,
    Charges,
    CreditQueries,
    DeploymentQuery,
    EntryRecorder,
    EntryWrites,
    HistoryExport,
    ImportService,
    JudgingTermsReader,
    LateEntry,
    LedgerReader,
    UserModuleImport,
    ProjectionWriter,
    Reconciliation,
  ],
  exports: [ImportService, LedgerReader, ProjectionWriter, Reconciliation],
})
export class CreditsModule {}
