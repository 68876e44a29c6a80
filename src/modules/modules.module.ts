import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/index.js';
import { ModuleRecorder } from './module-recorder.js';
import { ModulesController } from './modules.controller.js';
import { ModulesService } from './modules.service.js';
import { ModuleEntity } from './persistence/module.entity.js';

/** The catalogue of modules that can be deployed; not modules in the sense of Nest. */
@Module({
  imports: [TypeOrmModule.forFeature([ModuleEntity]), UsersModule],
  controllers: [ModulesController],
  providers: [ModuleRecorder, ModulesService],
  exports: [ModuleRecorder],
})
export class ModulesModule {}
