import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { VariableChangeEntity } from './persistence/variable-change.entity.js';
import { VariableEntity } from './persistence/variable.entity.js';
import { LocalClock } from './local-times.js';
import { TimeRanges } from './time-ranges.js';
import { TimeZones } from './time-zones.js';
import { ShareStepsController } from './share-steps.controller.js';
import { VariableSettingsService } from './variable-settings.service.js';
import { VariablesController } from './variables.controller.js';
import { VariablesService } from './variables.service.js';

/** The platform's settings, with their history. */
@Module({
  imports: [TypeOrmModule.forFeature([VariableEntity, VariableChangeEntity])],
  controllers: [VariablesController, ShareStepsController],
  providers: [LocalClock, TimeRanges, TimeZones, VariableSettingsService, VariablesService],
  exports: [LocalClock, TimeRanges, TimeZones, VariableSettingsService, VariablesService],
})
export class VariablesModule {}
