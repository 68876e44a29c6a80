import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Application } from 'express';
import { servePage } from './static-page.js';

/**
 * The Module Revenue page. It holds no figures and knows no feature: static files, the same for everybody, which speak
 * the public HTTP contract with the token of whoever signs in.
 */
@Module({})
export class DashboardModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  /** After the routes of the features, so that the page can never stand in the way of one. */
  onModuleInit(): void {
    const server = this.host.httpAdapter?.getInstance<Application>();
    // The command line has none, whatever the type says.
    if (server !== undefined) servePage(server);
  }
}
