import { entryOf, type EntryRow } from '../persistence/entry-row.js';
import { readImportLine, type EntryLine, type ImportLine } from '../lines/import-line.js';
import type { EntryCandidate } from '../judging/judge-lines.js';

/** The columns of an outer-joined recorded entry, all null where there is none. */
export type RecordedColumns = {
  readonly [Column in keyof EntryRow as `recorded_${Column}`]: EntryRow[Column] | null;
};

/** The line of a record that was read once before it was staged. */
export function stagedLine(record: string): ImportLine {
  const reading = readImportLine(record);
  if ('refusal' in reading) throw new Error('A staged line does not read as it did before.');
  return reading.line;
}

/** The same, of a record that was staged as an entry. */
export function stagedEntryLine(record: string): EntryLine {
  const line = stagedLine(record);
  if (line.type === 'user' || line.type === 'module')
    throw new Error(`A ${line.type} was staged as an entry.`);
  return line;
}

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
