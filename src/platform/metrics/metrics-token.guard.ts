import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG, type Config } from '../config/index.js';
import { bearerTokenOf } from '../http/index.js';
import { Problem } from '../problem/index.js';
import { METRICS_PROBLEMS } from './metrics.problems.js';

/** Requires METRICS_TOKEN; if it is not set, access is open. */
@Injectable()
export class MetricsTokenGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @throws Problem 401 */
  canActivate(context: ExecutionContext): boolean {
    const { metricsToken } = this.config;
    if (metricsToken === null) return true;
    const sent = bearerTokenOf(context.switchToHttp().getRequest<Request>());
    if (sent !== null && timingSafeEqual(digestOf(sent), digestOf(metricsToken))) return true;
    throw new Problem(
      METRICS_PROBLEMS.UNAUTHENTICATED,
      'Send the METRICS_TOKEN of this service in the header: Authorization: Bearer <token>.',
      { headers: { 'WWW-Authenticate': 'Bearer realm="metrics"' } },
    );
  }
}

/** Digests have equal lengths, which timingSafeEqual requires. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
