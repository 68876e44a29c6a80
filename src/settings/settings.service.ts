import { Inject, Injectable } from '@nestjs/common';
import { hasAnyRole, type Caller } from '../auth/index.js';
import { CONFIG, logoPath, type Config } from '../platform/config/index.js';
import { instantFromPostgres, ReportSnapshots } from '../platform/database/index.js';
import { readDeploymentDays, viewerOf } from '../revenue/index.js';
import { currencyPlaces, shareInForce, VariablesService } from '../variables/index.js';
import type { SettingsResponseDto } from './settings.dto.js';

/** Reads the settings for clients. */
@Injectable()
export class SettingsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly snapshots: ReportSnapshots,
    private readonly variables: VariablesService,
  ) {}

  /** Returns the settings that a caller can see, from one snapshot. */
  async read(caller: Caller): Promise<SettingsResponseDto> {
    const { brand, auth } = this.config;
    const viewer = hasAnyRole(caller, 'partner', 'finance', 'admin') ? viewerOf(caller) : null;
    return this.snapshots.read(async ({ client, manager, takenAt }) => {
      const { currency, timeZone, shares } = await this.variables.current(manager);
      return {
        platform: { name: brand.name, logo: logoPath(brand), accent: brand.accent },
        currency,
        currencyPlaces: currencyPlaces(currency),
        timeZone,
        ...(viewer === null
          ? {}
          : { partnerRevenueShare: shareInForce(shares, instantFromPostgres(takenAt)) }),
        deployments:
          viewer === null
            ? { firstDay: null, lastDay: null }
            : await readDeploymentDays(client, viewer, timeZone),
        signsInHere: auth.key.kind === 'secret',
      };
    });
  }
}
