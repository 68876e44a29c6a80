import type { EntityManager } from 'typeorm';
import { formatInstant, type Instant, type StoredStep } from '../domain/index.js';

/** A change of a variable, ready to be written. */
export interface VariableEdit {
  /** The value in force after it. */
  readonly value: string;
  /** The steps of the share after it; null for one share of all time, and for other variables. */
  readonly timeline: readonly StoredStep[] | null;
  /** For the history: the values before and after, from `effective` on if the change has a day. */
  readonly from: string;
  readonly to: string;
  /** The day from which it holds, and its first instant; null: a change without a day. */
  readonly effective: { readonly day: string; readonly at: Instant } | null;
}

/** Writes a time at least one microsecond after the previous change, even if the clock was set back. */
export async function writeEdit(
  key: string,
  { value, timeline, from, to, effective }: VariableEdit,
  author: string,
  manager: EntityManager,
): Promise<void> {
  const steps = timeline === null ? null : JSON.stringify(timeline);
  await manager.query(
    `UPDATE variables SET value = $2, timeline = $4::jsonb, version = version + 1, updated_by = $3,
       updated_at = greatest(clock_timestamp(), updated_at + interval '1 microsecond')
     WHERE key = $1`,
    [key, value, author, steps],
  );
  const at = effective === null ? null : formatInstant(effective.at);
  await manager.query(
    `INSERT INTO variable_changes (key, changed_at, changed_by, from_value, to_value,
                                   effective_day, effective_at, timeline)
     SELECT key, updated_at, updated_by, $2, $3, $4, $5::timestamptz, timeline FROM variables WHERE key = $1`,
    [key, from, to, effective?.day ?? null, at],
  );
}

/** What the audit says of a change. */
export function auditDetails({ from, to, effective }: VariableEdit): Record<string, string> {
  return effective === null ? { from, to } : { from, to, effectiveFrom: effective.day };
}
