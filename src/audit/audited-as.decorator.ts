import { SetMetadata } from '@nestjs/common';

const AUDITED_AS = Symbol('audited-as');

/** What the audit calls a route. */
export interface AuditedAction {
  /** Stable, `<feature>.<verb>`: `modules.create`. */
  readonly action: string;
  /** The kind of thing that it acts on: `module`. */
  readonly targetType: string | null;
}

/**
 * Names what a writing route does, for the audit: its changes and the refusals of it.
 *
 * @example `@AuditedAs('modules.create', 'module')`
 */
export function AuditedAs(action: string, targetType: string | null = null): MethodDecorator {
  return SetMetadata(AUDITED_AS, { action, targetType } satisfies AuditedAction);
}

/** What a handler was declared to do; null where nothing is said. */
export function auditedActionOf(handler: object): AuditedAction | null {
  return (Reflect.getMetadata(AUDITED_AS, handler) as AuditedAction | undefined) ?? null;
}
