import type { EntityManager } from 'typeorm';
import { formatInstant } from '../../domain/index.js';
import type { OpenAdjustment } from './open-adjustments.js';

/** The local months of all causes' entries, by instant. Only PostgreSQL computes with time zones. */
export async function causeMonths(
  adjustments: readonly OpenAdjustment[],
  timeZone: string,
  manager: EntityManager,
): Promise<Map<string, string>> {
  const instants = new Set(
    adjustments.flatMap(({ parts }) => parts.map(({ recorded }) => formatInstant(recorded.entry.occurredAt))),
  );
  if (instants.size === 0) return new Map();
  const rows = await manager.query<{ instant: string; month: string }[]>(
    `SELECT instant, to_char(instant::timestamptz AT TIME ZONE $2, 'YYYY-MM') AS month
       FROM unnest($1::text[]) AS asked (instant)`,
    [[...instants], timeZone],
  );
  return new Map(rows.map(({ instant, month }) => [instant, month]));
}
