import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { VariableChangeEntity } from './persistence/variable-change.entity.js';
import { VariableEntity } from './persistence/variable.entity.js';
import { TimeZones } from './time-zones.js';
import { VariablesService } from './variables.service.js';

/** The platform's settings, with their history. */
@Module({
  imports: [TypeOrmModule.forFeature([VariableEntity, VariableChangeEntity])],
  providers: [TimeZones, VariablesService],
  exports: [TimeZones, VariablesService],
})
export class VariablesModule {}
