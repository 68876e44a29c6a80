import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Entry } from '../../domain/index.js';
// Not from the index: the threads of a rebuild load this file, and they must not load Nest and TypeORM.
import { BinaryCopyReader } from '../../platform/database/binary-copy-reader.js';
import {
  ENTRY_COLUMN_LIST,
  entryOfRecord,
  type EntryColumn,
  type EntryColumnKind,
  type EntryRecord,
} from './entry-columns.js';

/** Receives the ledger's entries, sorted by user id and then by `occurredAt`. */
export interface LedgerReceiver {
  take(userId: string, entry: Entry): void;
  /** Called between chunks of the stream, which waits for its end. */
  afterChunk?(): Promise<void>;
}

const CELL = Object.fromEntries(ENTRY_COLUMN_LIST.map(([column], index) => [column, index])) as Readonly<
  Record<EntryColumn, number>
>;

/**
 * Reads entries from the ledger by COPY, with constant memory and at the speed of the disk. Entries of one user at one
 * instant are not sorted; the domain sorts them.
 *
 * @param where an SQL condition on `entry`; values in it must be escaped literals
 */
export async function copyLedger(client: ClientBase, where: string, receiver: LedgerReceiver): Promise<void> {
  const select = `SELECT ${entryColumnsSql().columns} FROM credit_entries AS entry WHERE ${where} ORDER BY user_id, occurred_at`;
  const reader = new BinaryCopyReader();
  let user = { id: '', bytes: Buffer.alloc(0) };
  for await (const chunk of client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`))) {
    reader.push(chunk as Buffer);
    while (reader.next()) {
      if (!reader.holds(CELL.userId, user.bytes)) {
        const id = reader.ascii(CELL.userId) as string;
        user = { id, bytes: Buffer.from(id) };
      }
      receiver.take(user.id, entryAt(reader));
    }
    await receiver.afterChunk?.();
  }
}

/** The select list of `readEntry` over `entry`, and the number of its columns. */
export function entryColumnsSql(): { readonly columns: string; readonly count: number } {
  const columns = ENTRY_COLUMN_LIST.map(([, { name }]) => `entry.${name}`);
  return { columns: columns.join(', '), count: columns.length };
}

/** The current row's entry, and its user. */
export function readEntry(reader: BinaryCopyReader): { readonly userId: string; readonly entry: Entry } {
  return { userId: reader.ascii(CELL.userId) as string, entry: entryAt(reader) };
}

function entryAt(reader: BinaryCopyReader): Entry {
  const record: Record<string, string | bigint | null> = {};
  for (const [column, { kind }] of ENTRY_COLUMN_LIST) record[column] = READ[kind](reader, CELL[column]);
  return entryOfRecord(record as unknown as EntryRecord);
}

const READ: Readonly<
  Record<EntryColumnKind, (reader: BinaryCopyReader, cell: number) => string | bigint | null>
> = {
  text: (reader, cell) => reader.ascii(cell),
  decimal: (reader, cell) => reader.micros(cell),
  instant: (reader, cell) => reader.instant(cell),
};
