import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Produces, PublicRoute } from '../http/index.js';
import { MetricsRegistry } from './metrics-registry.js';

@ApiTags('operation')
@Controller('metrics')
@PublicRoute()
export class MetricsController {
  constructor(private readonly registry: MetricsRegistry) {}

  /** The service's metrics in the text format of Prometheus: process, connection pool, requests by route. */
  @Get()
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
