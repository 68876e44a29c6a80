import type { EntityManager } from 'typeorm';
import { keepAnswerSql } from '../platform/idempotency/index.js';
import type { AuditEvent } from './audit-event.js';
import type { Write, WriteOutcome } from './write.js';

/** Data-modifying parts of a WITH clause, and their parameters. */
export interface Recording {
  /** `audited AS (INSERT ...)`, and with a key `, kept AS (INSERT ...)`. */
  readonly ctes: string;
  readonly parameters: readonly unknown[];
}

/**
 * What a write leaves behind beside its change: the audit event and, with a key, the kept answer. `Writes` runs it as
 * one statement at the end; a work that counts its statements puts it into its own WITH clause and says `isRecorded`.
 *
 * @param first number of the first parameter: `$first`
 * @example
 * const { ctes, parameters } = recordingOf(write, outcome, 8);
 * await manager.query(`WITH entry AS (INSERT ...), ${ctes} SELECT ...`, [...own7Parameters, ...parameters]);
 */
export function recordingOf(write: Write, outcome: WriteOutcome<unknown>, first = 1): Recording {
  const event = insertOfEvent(eventOf(write, outcome), first);
  if (write.idempotencyKey === null) {
    return { ctes: `audited AS (${event.sql})`, parameters: event.parameters };
  }
  const answer = {
    status: outcome.status,
    headers: outcome.headers ?? {},
    body: JSON.stringify(outcome.body),
  };
  const personId = outcome.personId ?? null;
  const kept = keepAnswerSql(write.idempotencyKey, answer, personId, first + event.parameters.length);
  return {
    ctes: `audited AS (${event.sql}), kept AS (${kept.sql})`,
    parameters: [...event.parameters, ...kept.parameters],
  };
}

/** Writes down an event of what is no `Write`: a sign-in, an import, a refusal. One statement. */
export async function appendEvent(manager: EntityManager, event: AuditEvent): Promise<void> {
  const { sql, parameters } = insertOfEvent(event, 1);
  await manager.query(sql, [...parameters]);
}

function eventOf(
  { caller, action, targetType, requestId }: Write,
  change: WriteOutcome<unknown>,
): AuditEvent {
  const { outcome, targetId, details } = change;
  const target = targetId === null ? null : { type: targetType, id: targetId };
  return { actor: caller, action, target, requestId, outcome, details };
}

function insertOfEvent(event: AuditEvent, first: number): { sql: string; parameters: readonly unknown[] } {
  const { actor, action, target, requestId, outcome, details = {} } = event;
  const parameters = [
    actor?.id ?? null,
    [...(actor?.roles ?? [])].sort(),
    action,
    target?.type ?? null,
    target?.id ?? null,
    requestId,
    outcome,
    JSON.stringify(details),
  ];
  const places = parameters.map((_, index) => `$${first + index}`).join(', ');
  return {
    sql: `INSERT INTO audit_events (actor_id, actor_roles, action, target_type, target_id, request_id, outcome, details) VALUES (${places})`,
    parameters,
  };
}
