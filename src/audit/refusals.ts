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
 * Writes down who tried to do or see what is another's: every 403, and every 404 that hides something. Neither a
 * missing token nor bad input is such an attempt. Each is a statement, and so a transaction, of its own, as the change
 * that was refused is rolled back; it is written before the caller gets its answer.
 */
@Injectable()
export class Refusals implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Refusals.name);
  private readonly windows = new RefusalWindows((event) => this.write(event));

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Listens to the problems of the HTTP door. Never rejects: a refusal is answered even where it cannot be written. */
  async heard(problem: Problem, request: Request, requestId: string): Promise<void> {
    if (problem.kind.status !== FORBIDDEN && problem.attemptOn === undefined) return;
    const event = eventOf(problem, request, requestId);
    if (this.windows.takesAnother(event)) await this.write(event);
  }

  /** Writes the sums of what was too much to be written one by one. */
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

/** As the OpenAPI document writes it: `GET /api/revenue/{deploymentId}`. */
function routeOf({ method, route }: Request): string {
  const { path } = route as { path: string };
  return `${method} ${path.replace(/:(\w+)/g, '{$1}')}`;
}

/** What the problem says, or else what the path names; what is no id is not written down. */
function targetOf({ attemptOn }: Problem, { params }: Request, type: string | null): AuditTarget | null {
  const [inPath = null] = Object.values(params);
  const target = attemptOn ?? { type, id: inPath };
  return typeof target.id === 'string' && isPlatformId(target.id)
    ? { type: target.type, id: target.id }
    : null;
}
