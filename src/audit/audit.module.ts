import { Global, Module } from '@nestjs/common';
import { Writes } from './writes.js';

/** Who did what, written in the transaction of the change. */
@Global()
@Module({
  providers: [Writes],
  exports: [Writes],
})
export class AuditModule {}
