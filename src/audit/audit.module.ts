import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditList } from './audit-list.js';
import { AuditController } from './audit.controller.js';
import { AuditEventEntity } from './persistence/audit-event.entity.js';
import { Refusals } from './refusals.js';
import { Writes } from './writes.js';

/** The audit: events of changes, in the transaction of the change, and of refused attempts on resources of others. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEventEntity])],
  controllers: [AuditController],
  providers: [AuditList, Refusals, Writes],
  exports: [Refusals, Writes],
})
export class AuditModule {}
