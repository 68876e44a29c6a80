import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Produces, PublicRoute } from '../http/index.js';
import { ApiProblems } from '../openapi/index.js';
import { METRICS_PROBLEMS } from './metrics.problems.js';
import { MetricsRegistry } from './metrics-registry.js';
import { MetricsTokenGuard } from './metrics-token.guard.js';

@ApiTags('operation')
@Controller('metrics')
@PublicRoute()
@UseGuards(MetricsTokenGuard)
export class MetricsController {
  constructor(private readonly registry: MetricsRegistry) {}

  /**
   * The service's metrics in the text format of Prometheus: process, connection pool, requests by route. Requires
   * METRICS_TOKEN as bearer token if it is set.
   */
  @Get()
  @ApiProblems(METRICS_PROBLEMS.UNAUTHENTICATED)
  @Produces('text/plain')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOkResponse({
    description: 'Prometheus text format, version 0.0.4.',
    content: {
      'text/plain': {
        schema: { type: 'string' },
        example: 'database_pool_connections{state="open"} 3\n',
      },
    },
  })
  getMetrics(): Promise<string> {
    return this.registry.metrics();
  }
}
