import type { EntityManager } from 'typeorm';
import {
  formatRevenueShare,
  shareAt,
  statedSteps,
  stepAt,
  type Instant,
  type StoredStep,
} from '../domain/index.js';
import { epochMicrosOf, instantFromPostgres } from '../platform/database/index.js';
import { Problem } from '../platform/problem/index.js';
import { timelineOf } from './share-value.js';
import type { VariableResponseDto } from './variable.dto.js';
import { VARIABLE_KEYS, type VariableKey } from './variable-key.js';
import { VARIABLE_DEFAULTS } from './variable-value.js';
import { VARIABLES_PROBLEMS } from './variables.problems.js';

/** A row of a variable, and the time of the database's clock at which it was read. */
export interface StoredVariable {
  readonly key: VariableKey;
  readonly value: string;
  readonly timeline: readonly StoredStep[] | null;
  readonly version: number;
  readonly updatedAt: string | null;
  readonly updatedBy: string | null;
  /** Microseconds since 1970. */
  readonly now: string;
}

/** A variable as answers contain it, and the ETag of this version. */
export interface TaggedVariable {
  readonly variable: VariableResponseDto;
  /** A strong ETag (RFC 9110, 8.8.3), with its quotes. */
  readonly etag: string;
}

const READ_ROWS = `
  SELECT key, value, timeline, version, updated_at AS "updatedAt", updated_by AS "updatedBy",
         ${epochMicrosOf('clock_timestamp()')} AS now
    FROM variables`;

/** All variables, in the order of `VARIABLE_KEYS`. */
export async function readVariables(manager: EntityManager): Promise<StoredVariable[]> {
  const rows = await manager.query<StoredVariable[]>(READ_ROWS);
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return VARIABLE_KEYS.flatMap((key) => byKey.get(key) ?? []);
}

export async function readVariable(key: VariableKey, manager: EntityManager): Promise<StoredVariable> {
  const [row] = await manager.query<StoredVariable[]>(`${READ_ROWS} WHERE key = $1`, [key]);
  if (row === undefined) throw new Error(`The variable ${key} has no row, although migrations insert one.`);
  return row;
}

/**
 * Locks a variable until the end of the transaction, and reads it then.
 *
 * @param ifMatch the header If-Match: the version that the caller has read; undefined for any version
 * @throws Problem VARIABLES.CHANGED_MEANWHILE
 */
export async function lockVariable(
  key: VariableKey,
  ifMatch: string | undefined,
  manager: EntityManager,
): Promise<StoredVariable> {
  await manager.query('SELECT FROM variables WHERE key = $1 FOR UPDATE', [key]);
  const present = await readVariable(key, manager);
  assertSeen(present, ifMatch);
  return present;
}

/** RFC 9110, 13.1.1: one of the tags must equal the current one. The comparison is strong, so weak tags never match. */
function assertSeen(present: StoredVariable, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (tags.includes(etagOf(present))) return;
  throw new Problem(
    VARIABLES_PROBLEMS.CHANGED_MEANWHILE,
    `${present.key} was changed after this ETag was read. Read the variable again, then set it with the new ETag.`,
  );
}

/** The value in force at an instant. */
function valueAt(row: StoredVariable, now: Instant): string {
  return row.timeline === null ? row.value : formatRevenueShare(shareAt(timelineOf(row.timeline), now));
}

export function tagged(row: StoredVariable): TaggedVariable {
  const { key, updatedBy } = row;
  const updatedAt = row.updatedAt === null ? null : instantFromPostgres(row.updatedAt);
  const variable = {
    key,
    value: valueAt(row, BigInt(row.now)),
    default: VARIABLE_DEFAULTS[key],
    updatedAt,
    updatedBy,
  };
  const timeline =
    key === 'partnerRevenueShare' ? { timeline: statedSteps(timelineOf(row.timeline ?? row.value)) } : {};
  return { variable: { ...variable, ...timeline }, etag: etagOf(row) };
}

/** With several steps the tag also names the one in force, because the next one comes without a new version. */
function etagOf(row: StoredVariable): string {
  if (row.timeline === null) return `"${row.version}"`;
  const timeline = timelineOf(row.timeline);
  return `"${row.version}.${timeline.indexOf(stepAt(timeline, BigInt(row.now)))}"`;
}
