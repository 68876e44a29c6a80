import { Global, Module } from '@nestjs/common';
import { ExportSlots, ImportSlots } from './slots.js';

/** Limits of concurrent exports and imports, shared by all features. */
@Global()
@Module({ providers: [ExportSlots, ImportSlots], exports: [ExportSlots, ImportSlots] })
export class TransfersModule {}
