import type { EntityManager } from 'typeorm';
import { keepAnswersSql, type AnswerToKeep } from '../platform/idempotency/index.js';
import type { AuditEvent } from './audit-event.js';
import type { Write, WriteOutcome } from './write.js';

/** Data-modifying parts of a WITH clause, and their parameters. */
export interface Recording {
  /** `audited AS (INSERT ...)`, and with a key `, kept AS (INSERT ...)`. */
  readonly ctes: string;
  readonly parameters: readonly unknown[];
}

/** A write and what it came to. */
export interface EndedWrite {
  readonly write: Write;
  readonly outcome: WriteOutcome<unknown>;
}

/**
 * What writes leave behind beside their changes: the audit events and, of those with a key, the kept answers. `Writes`
 * runs it as one statement at the end; a work that counts its statements puts it into its own WITH clause and says
 * `isRecorded`.
 *
 * @param ended those of the transaction: one, or several that are committed together
 * @param first number of the first parameter: `$first`
 * @example
 * const { ctes, parameters } = recordingOf([{ write, outcome }], 8);
 * await manager.query(`WITH entry AS (INSERT ...), ${ctes} SELECT ...`, [...own7Parameters, ...parameters]);
 */
export function recordingOf(ended: readonly EndedWrite[], first = 1): Recording {
  const events = insertOfEvents(ended.map(eventOf), first);
  const answers = ended.flatMap(keptAnswerOf);
  if (answers.length === 0) return { ctes: `audited AS (${events.sql})`, parameters: events.parameters };
  const kept = keepAnswersSql(answers, first + events.parameters.length);
  return {
    ctes: `audited AS (${events.sql}), kept AS (${kept.sql})`,
    parameters: [...events.parameters, ...kept.parameters],
  };
}

/** Writes down an event of what is no `Write`: a sign-in, an import, a refusal. One statement. */
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

/** Arrays of columns, so that the text is the same for any number of events. */
function insertOfEvents(
  events: readonly AuditEvent[],
  first: number,
): { sql: string; parameters: readonly unknown[] } {
  const parameters = [
    events.map(({ actor }) => actor?.id ?? null),
    // Names of roles are words of letters, so that they stand in an array's text as they are.
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
