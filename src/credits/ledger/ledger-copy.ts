import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Entry } from '../../domain/index.js';
// Past the index, as the threads of a rebuild load this file: they need neither Nest nor TypeORM.
import { BinaryCopyReader } from '../../platform/database/binary-copy-reader.js';
import {
  ENTRY_COLUMN_LIST,
  entryOfRecord,
  type EntryColumn,
  type EntryColumnKind,
  type EntryRecord,
} from './entry-columns.js';

/** Takes the ledger's entries as they come: user by user in the order of their ids, each user's by `occurredAt`. */
export interface LedgerTaker {
  take(userId: string, entry: Entry): void;
  /** Called between pieces of the stream; nothing more comes until it has ended. */
  rest?(): Promise<void>;
}

const CELL = Object.fromEntries(ENTRY_COLUMN_LIST.map(([column], index) => [column, index])) as Readonly<
  Record<EntryColumn, number>
>;

/**
 * Reads entries out of the ledger by COPY, with flat memory and at the speed of the disk. Entries of one user at one
 * instant come in no particular order: that is the domain's to say.
 *
 * @param where a condition on `entry`, made of the code's own text and escaped literals
 */
export async function copyLedger(client: ClientBase, where: string, taker: LedgerTaker): Promise<void> {
  const columns = ENTRY_COLUMN_LIST.map(([, { name }]) => `entry.${name}`).join(', ');
  const select = `SELECT ${columns} FROM credit_entries AS entry WHERE ${where} ORDER BY user_id, occurred_at`;
  const reader = new BinaryCopyReader();
  let user = { id: '', bytes: Buffer.alloc(0) };
  for await (const piece of client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`))) {
    reader.push(piece as Buffer);
    while (reader.next()) {
      if (!reader.holds(CELL.userId, user.bytes)) {
        const id = reader.ascii(CELL.userId) as string;
        user = { id, bytes: Buffer.from(id) };
      }
      taker.take(user.id, entryAt(reader));
    }
    await taker.rest?.();
  }
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
