import { Global, Module } from '@nestjs/common';
import { ExportSlots, ImportSlots } from './slots.js';

/** How many exports and imports may be under way, for every feature that has some. */
@Global()
@Module({ providers: [ExportSlots, ImportSlots], exports: [ExportSlots, ImportSlots] })
export class TransfersModule {}
