import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Application } from 'express';
import { CONFIG, type Config } from '../platform/config/index.js';
import { servePage } from './static-page.js';

/**
 * Serves the Module Revenue page: static files, the same for every user. The page uses the public HTTP API with the
 * token of the user who signs in; this module contains no figures and imports no feature.
 */
@Module({})
export class DashboardModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Registered after the routes of the features, so that the page never shadows a route. */
  onModuleInit(): void {
    const server = this.host.httpAdapter?.getInstance<Application>();
    // A command has no server, although the type says that there always is one.
    if (server !== undefined) servePage(server, this.config.brand);
  }
}
