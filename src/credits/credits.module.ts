import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ModulesModule } from '../modules/index.js';
import { UsersModule } from '../users/index.js';
import { VariablesModule } from '../variables/index.js';
import { AwardBatchChunk } from './award-batches/award-batch-chunk.js';
import { AwardBatchWorker } from './award-batches/award-batch-worker.js';
import { AwardBatchesController } from './award-batches/award-batches.controller.js';
import { AwardBatchesService } from './award-batches/award-batches.service.js';
import { AwardBatchItemEntity } from './award-batches/persistence/award-batch-item.entity.js';
import { AwardBatchEntity } from './award-batches/persistence/award-batch.entity.js';
import { DeploymentReader } from './deployments/deployment-reader.js';
import { DeploymentsController } from './deployments/deployments.controller.js';
import { ChargeGroup } from './charging/charge-group.js';
import { Charges } from './charging/charges.js';
import { CreditEntriesController } from './entries/credit-entries.controller.js';
import { EntryWrites } from './entries/entry-writes.js';
import { ImportController } from './import/import.controller.js';
import { ImportService } from './import/import.service.js';
import { JudgingTermsReader } from './judging/judging-terms-reader.js';
import { PeopleImport } from './import/people-import.js';
import { LedgerReader } from './ledger/ledger-reader.js';
import { CreditAccountEntity } from './persistence/credit-account.entity.js';
import { CreditAllocationEntity } from './persistence/credit-allocation.entity.js';
import { CreditDebtEntity } from './persistence/credit-debt.entity.js';
import { CreditEntryEntity } from './persistence/credit-entry.entity.js';
import { CreditLotEntity } from './persistence/credit-lot.entity.js';
import { DeploymentRevenueEntity } from './persistence/deployment-revenue.entity.js';
import { ProjectionWriter } from './projection/projection-writer.js';
import { CreditReadingController } from './reading/credit-reading.controller.js';
import { CreditReadingService } from './reading/credit-reading.service.js';
import { Reconciliation } from './reconciliation/reconciliation.js';
import { EntryRecorder } from './recording/entry-recorder.js';
import { LateEntry } from './recording/late-entry.js';

/** The ledger: what is recorded, read and imported, and what the fold makes of it. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      CreditEntryEntity,
      CreditAccountEntity,
      CreditLotEntity,
      CreditAllocationEntity,
      CreditDebtEntity,
      DeploymentRevenueEntity,
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
    CreditReadingController,
    DeploymentsController,
    ImportController,
  ],
  providers: [
    AwardBatchChunk,
    AwardBatchesService,
    AwardBatchWorker,
    ChargeGroup,
    Charges,
    CreditReadingService,
    DeploymentReader,
    EntryRecorder,
    EntryWrites,
    ImportService,
    JudgingTermsReader,
    LateEntry,
    LedgerReader,
    PeopleImport,
    ProjectionWriter,
    Reconciliation,
  ],
  exports: [ImportService, LedgerReader, ProjectionWriter, Reconciliation],
})
export class CreditsModule {}
