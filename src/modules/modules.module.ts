import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/index.js';
import { ModuleRecorder } from './module-recorder.js';
import { ModuleEntity } from './persistence/module.entity.js';

/** The catalogue of what can be deployed (the business noun, not Nest's). */
@Module({
  imports: [TypeOrmModule.forFeature([ModuleEntity]), UsersModule],
  providers: [ModuleRecorder],
  exports: [ModuleRecorder],
})
export class ModulesModule {}
