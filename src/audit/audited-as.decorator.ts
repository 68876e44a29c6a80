import { SetMetadata } from '@nestjs/common';

const AUDITED_AS = Symbol('audited-as');

/** Action and target kind of a route, for the audit. */
export interface AuditedAction {
  /** Stable, `<feature>.<verb>`: `modules.create`. */
  readonly action: string;
  /** Kind of target: `module`. */
  readonly targetType: string | null;
}

/** Names the action of a writing route for the audit, for its changes and its refusals. */
export function AuditedAs(action: string, targetType: string | null = null): MethodDecorator {
  return SetMetadata(AUDITED_AS, { action, targetType } satisfies AuditedAction);
}

/** The declared action of a handler; null if it has no `@AuditedAs`. */
export function auditedActionOf(handler: object): AuditedAction | null {
  return (Reflect.getMetadata(AUDITED_AS, handler) as AuditedAction | undefined) ?? null;
}
