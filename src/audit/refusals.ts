import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import type { AuthenticatedRequest } from '../auth/index.js';
import { isPlatformId } from '../domain/index.js';
import type { Problem } from '../platform/problem/index.js';
import type { AuditEvent, AuditTarget } from './audit-event.js';
import { auditedActionOf } from './audited-as.decorator.js';
import { appendEvent } from './recording.js';
import { RefusalWindows } from './refusal-windows.js';

const FORBIDDEN = 403;

/**
 * Records refused attempts on resources of others: every 403, and every 404 that hides a resource. A missing token or
 * invalid input is no such attempt. Each event is its own transaction, because the refused change is rolled back. It is
 * recorded before the caller gets the answer.
 */
@Injectable()
export class Refusals implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Refusals.name);
  private readonly windows = new RefusalWindows((event) => this.write(event));

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Listener for problems of the HTTP layer. Never rejects: the caller gets the answer even if the event cannot be
   * recorded.
   */
  async onProblem(problem: Problem, request: Request, requestId: string): Promise<void> {
    if (problem.kind.status !== FORBIDDEN && problem.attemptOn === undefined) return;
    const event = eventOf(problem, request, requestId);
    if (this.windows.shouldRecord(event)) await this.write(event);
  }

  /** Records the sums of the refusals that were only counted. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.windows.closeAll();
  }

  private async write(event: AuditEvent): Promise<void> {
    try {
      await appendEvent(this.dataSource.manager, event);
    } catch (error) {
      this.logger.error({ err: error, requestId: event.requestId });
    }
  }
}

function eventOf(problem: Problem, request: AuthenticatedRequest, requestId: string): AuditEvent {
  const audited = request.handler === undefined ? null : auditedActionOf(request.handler);
  return {
    actor: request.caller ?? null,
    action: audited?.action ?? routeOf(request),
    target: targetOf(problem, request, audited?.targetType ?? null),
    requestId,
    outcome: 'refused',
    details: { code: problem.kind.code },
  };
}

/** The route in the form of the OpenAPI document: `GET /api/revenue/{deploymentId}`. */
function routeOf({ method, route }: Request): string {
  const { path } = route as { path: string };
  return `${method} ${path.replace(/:(\w+)/g, '{$1}')}`;
}

/** The target from the problem, otherwise from the path; null if that is not a valid id. */
function targetOf({ attemptOn }: Problem, { params }: Request, type: string | null): AuditTarget | null {
  const [inPath = null] = Object.values(params);
  const target = attemptOn ?? { type, id: inPath };
  return typeof target.id === 'string' && isPlatformId(target.id)
    ? { type: target.type, id: target.id }
    : null;
}
