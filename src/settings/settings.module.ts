import { Module } from '@nestjs/common';
import { VariablesModule } from '../variables/index.js';
import { SettingsController } from './settings.controller.js';
import { SettingsService } from './settings.service.js';

/** What every client needs before its first request: settings of the platform, as far as the caller can see them. */
@Module({
  imports: [VariablesModule],
  controllers: [SettingsController],
  providers: [SettingsService],
})
export class SettingsModule {}
