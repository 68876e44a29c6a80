import type { CopyRow } from '../../platform/database/index.js';
import type { EntryType } from '../../domain/index.js';
import type { EntryCandidate } from '../commands/candidate.js';
import type { CommandValue } from '../commands/command-fields.js';
import { commandOfValues, type EntryCommand } from '../commands/entry-command.js';
import {
  ENTRY_COLUMN_LIST,
  ENTRY_COLUMNS,
  entryOfRecord,
  recordOfRow,
  type EntryColumn,
  type EntryRow,
} from '../ledger/entry-columns.js';
import { isUserOrModule, readImportLine, type ImportLine } from './import-line.js';

/**
 * The columns of a staged line: its number; the values of its command, already read, with millionths and microseconds
 * as integers; its free text; and the whole text of a user's or module's line.
 */
const STAGED_TYPES: readonly (readonly [name: string, type: string])[] = [
  ['line', 'bigint NOT NULL'],
  ...ENTRY_COLUMN_LIST.map(([column, { name, kind }]) => {
    const type = kind === 'text' ? 'text COLLATE "C"' : 'bigint';
    return [name, column === 'type' || column === 'id' ? `${type} NOT NULL` : type] as const;
  }),
  ['reason', 'text'],
  ['record', 'text'],
];

/** The names of these columns, in the order of `stagedRow`. */
export const STAGED_COLUMNS = STAGED_TYPES.map(([name]) => name);

/** The column definitions for CREATE TABLE. */
export const STAGED_TABLE_COLUMNS = STAGED_TYPES.map(([name, type]) => `${name} ${type}`).join(', ');

/** A staged entry line as PostgreSQL's text. The user of a refund is added in the staging table. */
export type StagedEntryRow = { readonly line: string; readonly type: string; readonly id: string } & {
  readonly [Value in Exclude<EntryColumn, 'type' | 'id'> | 'reason']: string | null;
};

/** The select list of a StagedEntryRow, from `import_lines AS staged`. */
export const STAGED_ENTRY_COLUMNS = [
  'staged.line',
  'staged.reason',
  ...ENTRY_COLUMN_LIST.map(([column, { name }]) => `staged.${name} AS "${column}"`),
].join(', ');

/** Converts a valid line to its staged row. */
export function stagedRow(number: number, json: string, line: ImportLine): CopyRow {
  const isRecord = isUserOrModule(line);
  const values = line as Partial<Record<CommandValue | 'type', string | bigint | null>>;
  const textOf = (value: CommandValue | 'type'): string | null => {
    if (isRecord && value !== 'type' && value !== 'id') return null;
    return values[value] === undefined || values[value] === null ? null : String(values[value]);
  };
  return [
    String(number),
    ...ENTRY_COLUMN_LIST.map(([column]) => textOf(column)),
    textOf('reason'),
    isRecord ? json : null,
  ];
}

/** Converts a staged row to its command. */
export function stagedCommand(row: StagedEntryRow): EntryCommand {
  return commandOfValues(row.type as EntryType, (value) => {
    const text = row[value];
    if (text === null || value === 'reason') return text;
    return ENTRY_COLUMNS[value].kind === 'text' ? text : BigInt(text);
  });
}

/** Reads the staged text of a user's or module's line, which was valid when it was staged. */
export function stagedRecordLine(record: string): ImportLine {
  const reading = readImportLine(record);
  if ('refusal' in reading) throw new Error('A staged line was valid and is refused now.');
  return reading.line;
}

/** The columns of an outer-joined recorded entry; all null if there is none. */
export type RecordedColumns = EntryRow<typeof RECORDED_PREFIX>;

/** The prefix of the names in RecordedColumns. */
export const RECORDED_PREFIX = 'recorded_';

/** The recorded entry of a row; null if there is none. */
export function recordedOf(row: RecordedColumns): EntryCandidate['recorded'] {
  if (row.recorded_id === null) return null;
  const record = recordOfRow(row, RECORDED_PREFIX);
  return { userId: record.userId, entry: entryOfRecord(record) };
}
