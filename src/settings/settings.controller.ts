import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, ANY_ROLE, CurrentCaller, type Caller } from '../auth/index.js';
import { SettingsResponseDto } from './settings.dto.js';
import { SettingsService } from './settings.service.js';

/** The platform's settings for clients. */
@ApiTags('settings')
@Controller('api/settings')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  /**
   * Returns what a client needs to show figures: currency, time zone, name, logo and colour of the platform. Partners,
   * finance and admin also get the partners' share, and the days between which they have deployments.
   */
  @Get()
  @Access(ANY_ROLE)
  @ApiOkResponse({ description: 'The settings.', type: SettingsResponseDto })
  getSettings(@CurrentCaller() caller: Caller): Promise<SettingsResponseDto> {
    return this.settings.read(caller);
  }
}
