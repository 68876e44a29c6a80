import type { EntityManager } from 'typeorm';
import { keepAnswersSql, type AnswerToKeep } from '../platform/idempotency/index.js';
import type { AuditEvent } from './audit-event.js';
import type { Write, WriteOutcome } from './write.js';

/** Data-modifying parts of a WITH clause, and their parameters. */
export interface Recording {
  /** `audited AS (INSERT ...)`, and if there is a key `, kept AS (INSERT ...)`. */
  readonly ctes: string;
  readonly parameters: readonly unknown[];
}

/** A finished write and its outcome. */
export interface EndedWrite {
  readonly write: Write;
  readonly outcome: WriteOutcome<unknown>;
}

/**
 * Builds the records of writes in addition to their changes: audit events and, for writes with a key, kept answers.
 * `Writes` runs them as one statement at the end. Work that must save a statement adds them to its own WITH clause and
 * sets `isRecorded`.
 *
 * @param ended the writes of the transaction: one, or several that are committed together
 * @param first number of the first parameter: `$first`
 * @example const { ctes, parameters } = recordingOf([{ write, outcome }], 8); await manager.query(`WITH entry AS
 *   (INSERT ...), ${ctes} SELECT ...`, [...own7Parameters, ...parameters]);
 */
export function recordingOf(ended: readonly EndedWrite[], first = 1): Recording {
  const events = insertOfEvents(
    ended.filter(({ outcome }) => outcome.isAudited !== true).map(eventOf),
    first,
  );
  const answers = ended.flatMap(keptAnswerOf);
  if (answers.length === 0) return { ctes: `audited AS (${events.sql})`, parameters: events.parameters };
  const kept = keepAnswersSql(answers, first + events.parameters.length);
  return {
    ctes: `audited AS (${events.sql}), kept AS (${kept.sql})`,
    parameters: [...events.parameters, ...kept.parameters],
  };
}

/** Records the event of a write in the work's own transaction; its outcome must then be `isAudited`. */
export async function recordEvent(manager: EntityManager, ended: EndedWrite): Promise<void> {
  await appendEvent(manager, eventOf(ended));
}

/** Records an event without a `Write`: a sign-in, an import, a refusal. One statement. */
export async function appendEvent(manager: EntityManager, event: AuditEvent): Promise<void> {
  const { sql, parameters } = insertOfEvents([event], 1);
  await manager.query(sql, [...parameters]);
}

function keptAnswerOf({ write, outcome }: EndedWrite): AnswerToKeep[] {
  const { status, headers = {}, body, personId = null } = outcome;
  if (write.idempotencyKey === null) return [];
  return [{ ...write.idempotencyKey, status, headers, body: JSON.stringify(body), personId }];
}

function eventOf({ write, outcome: change }: EndedWrite): AuditEvent {
  const { caller, action, targetType, requestId } = write;
  const { outcome, targetId, details } = change;
  const target = targetId === null ? null : { type: targetType, id: targetId };
  return { actor: caller, action, target, requestId, outcome, details };
}

/** Passes arrays of columns, so that the text is the same for any number of events. */
function insertOfEvents(
  events: readonly AuditEvent[],
  first: number,
): { sql: string; parameters: readonly unknown[] } {
  const parameters = [
    events.map(({ actor }) => actor?.id ?? null),
    // Names of roles contain only letters, so they need no quotes in an array literal.
    events.map(({ actor }) => `{${[...(actor?.roles ?? [])].sort().join(',')}}`),
    events.map(({ action }) => action),
    events.map(({ target }) => target?.type ?? null),
    events.map(({ target }) => target?.id ?? null),
    events.map(({ requestId }) => requestId),
    events.map(({ outcome }) => outcome),
    events.map(({ details = {} }) => JSON.stringify(details)),
  ];
  const places = parameters.map((_, index) => `$${first + index}::text[]`).join(', ');
  return {
    sql: `
      INSERT INTO audit_events (actor_id, actor_roles, action, target_type, target_id, request_id, outcome, details)
      SELECT actor_id, actor_roles::text[], action, target_type, target_id, request_id, outcome, details::jsonb
      FROM unnest(${places})
        AS event (actor_id, actor_roles, action, target_type, target_id, request_id, outcome, details)`,
    parameters,
  };
}
