import type { CopyRow } from '../../platform/database/index.js';
import type { Pool, SpendCategory } from '../../domain/index.js';
import type { EntryCandidate } from '../commands/judge-commands.js';
import { idOf, readImportLine, type EntryLine, type ImportLine } from '../commands/import-line.js';
import { entryOf, type EntryRow } from '../ledger/entry-row.js';

/**
 * What a line waits in: an entry's fields as they were read, millionths and microseconds as integers, so that it need not
 * be read again; a user's or module's line as its own text.
 */
const STAGED_TYPES = {
  line: 'bigint NOT NULL',
  type: 'text NOT NULL',
  id: 'text COLLATE "C" NOT NULL',
  user_id: 'text COLLATE "C"',
  module_id: 'text COLLATE "C"',
  refunded_id: 'text COLLATE "C"',
  occurred_at: 'bigint',
  credits: 'bigint',
  amount: 'bigint',
  expires_at: 'bigint',
  category: 'text',
  pool: 'text',
  reason: 'text',
  record: 'text',
} as const;

/** The columns of `import_lines` that a line fills, in the order of `stagedRow`. */
export const STAGED_COLUMNS = Object.keys(STAGED_TYPES);

/** The same, as CREATE TABLE has them. */
export const STAGED_TABLE_COLUMNS = Object.entries(STAGED_TYPES)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');

/** An entry's line as it waits. */
export interface StagedEntryRow {
  readonly line: string;
  readonly type: string;
  readonly id: string;
  /** Of a refund it is found only here; all others say it. */
  readonly owner: string | null;
  readonly moduleId: string | null;
  readonly refundedId: string | null;
  readonly occurredAt: string;
  readonly credits: string | null;
  readonly amount: string | null;
  readonly expiresAt: string | null;
  readonly category: string | null;
  readonly pool: string | null;
  readonly reason: string | null;
}

/** The select list that gives a StagedEntryRow, from `import_lines AS staged`. */
export const STAGED_ENTRY_COLUMNS = `
  staged.line, staged.type, staged.id, staged.user_id AS owner, staged.module_id AS "moduleId",
  staged.refunded_id AS "refundedId", staged.occurred_at AS "occurredAt", staged.credits, staged.amount,
  staged.expires_at AS "expiresAt", staged.category, staged.pool, staged.reason`;

/** The row that a well-formed line waits in. */
export function stagedRow(number: number, json: string, line: ImportLine): CopyRow {
  const place = [String(number), line.type, idOf(line)];
  if (line.type === 'user' || line.type === 'module') {
    return [...place, null, null, null, null, null, null, null, null, null, null, json];
  }
  return [
    ...place,
    'userId' in line ? line.userId : null,
    'moduleId' in line ? line.moduleId : null,
    refundedIdOf(line),
    String(line.type === 'deployment' ? line.createdAt : line.occurredAt),
    textOf(line.type === 'deployment' ? line.creditCost : line.credits),
    'amount' in line ? textOf(line.amount) : null,
    'expiresAt' in line ? textOf(line.expiresAt) : null,
    'category' in line ? line.category : null,
    'pool' in line ? line.pool : null,
    'reason' in line ? line.reason : null,
    null,
  ];
}

function textOf(value: bigint | null): string | null {
  return value === null ? null : String(value);
}

function refundedIdOf(line: EntryLine): string | null {
  if (line.type === 'refund') return line.deploymentId;
  return line.type === 'purchaseRefund' ? line.purchaseExternalId : null;
}

/** The line of a row that an entry waited in. */
export function stagedEntryLine(row: StagedEntryRow): EntryLine {
  const { id, reason } = row;
  const externalId = id;
  const userId = row.owner as string;
  const occurredAt = BigInt(row.occurredAt);
  const credits = integerOf(row.credits);
  const expiresAt = integerOf(row.expiresAt);
  const type = row.type as EntryLine['type'];
  switch (type) {
    case 'award':
      return { type, externalId, userId, credits: credits as bigint, occurredAt, expiresAt, reason };
    case 'purchase': {
      const amount = integerOf(row.amount);
      return { type, externalId, userId, credits: credits as bigint, amount, occurredAt, expiresAt };
    }
    case 'deployment': {
      const moduleId = row.moduleId as string;
      return { type, id, userId, moduleId, creditCost: credits, createdAt: occurredAt };
    }
    case 'spend': {
      const category = row.category as SpendCategory;
      const pool = row.pool as Pool | null;
      return { type, externalId, userId, credits: credits as bigint, category, pool, occurredAt };
    }
    case 'refund':
      return { type, externalId, deploymentId: row.refundedId as string, credits, occurredAt, reason };
    case 'purchaseRefund':
      return { type, externalId, purchaseExternalId: row.refundedId as string, credits, occurredAt, reason };
  }
}

function integerOf(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

/** The line of a user's or module's record, which was read once before it was staged. */
export function stagedRecordLine(record: string): ImportLine {
  const reading = readImportLine(record);
  if ('refusal' in reading) throw new Error('A staged line does not read as it did before.');
  return reading.line;
}

/** The columns of an outer-joined recorded entry, all null where there is none. */
export type RecordedColumns = {
  readonly [Column in keyof EntryRow as `recorded_${Column}`]: EntryRow[Column] | null;
};

/** The recorded entry of a row; null where the join found none. */
export function recordedOf(row: RecordedColumns): EntryCandidate['recorded'] {
  if (row.recorded_id === null) return null;
  const entry = entryOf({
    type: row.recorded_type as string,
    id: row.recorded_id,
    userId: row.recorded_userId as string,
    occurredAtMicros: row.recorded_occurredAtMicros as string,
    credits: row.recorded_credits,
    amount: row.recorded_amount,
    expiresAtMicros: row.recorded_expiresAtMicros,
    moduleId: row.recorded_moduleId,
    pool: row.recorded_pool,
    category: row.recorded_category,
    refundedId: row.recorded_refundedId,
  });
  return { userId: row.recorded_userId as string, entry };
}
