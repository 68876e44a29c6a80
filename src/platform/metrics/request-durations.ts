import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Histogram } from 'prom-client';
import { MetricsRegistry } from './metrics-registry.js';

/** Measures the duration of requests by method, route template and status. */
@Injectable()
export class RequestDurations {
  private readonly histogram: Histogram<'method' | 'route' | 'status'>;

  constructor(registry: MetricsRegistry) {
    this.histogram = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the arrival of a request until its answer was written.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    });
  }

  /** Express middleware. Must be mounted first, so that it measures the whole request. */
  measure(request: Request, response: Response, next: NextFunction): void {
    const start_ms = performance.now();
    response.once('close', () => {
      const labels = { method: request.method, route: routeOf(request), status: String(response.statusCode) };
      this.histogram.observe(labels, (performance.now() - start_ms) / 1_000);
    });
    next();
  }
}

/** The route template (`/api/revenue/:deploymentId`), not the path, which would create a time series per id. */
function routeOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'none';
}
