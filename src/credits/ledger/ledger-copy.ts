import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Entry } from '../../domain/index.js';
// Past the index, as the threads of a rebuild load this file: they need neither Nest nor TypeORM.
import { BinaryCopyReader } from '../../platform/database/binary-copy-reader.js';
import { entryOfFacts } from './entry-facts.js';

/** Takes the ledger's entries as they come: user by user in the order of their ids, each user's by `occurredAt`. */
export interface LedgerTaker {
  take(userId: string, entry: Entry): void;
  /** Called between pieces of the stream; nothing more comes until it has ended. */
  rest?(): Promise<void>;
}

const COLUMNS = [
  'user_id',
  'type',
  'id',
  'occurred_at',
  'credits',
  'amount',
  'expires_at',
  'module_id',
  'pool',
  'category',
  'refunded_id',
] as const;
const CELL = Object.fromEntries(COLUMNS.map((name, index) => [name, index])) as Record<
  (typeof COLUMNS)[number],
  number
>;

/**
 * Reads entries out of the ledger by COPY, with flat memory and at the speed of the disk. Entries of one user at one
 * instant come in no particular order: that is the domain's to say.
 *
 * @param where a condition on `entry`, made of the code's own text and escaped literals
 */
export async function copyLedger(client: ClientBase, where: string, taker: LedgerTaker): Promise<void> {
  const columns = COLUMNS.map((column) => `entry.${column}`).join(', ');
  const select = `SELECT ${columns} FROM credit_entries AS entry WHERE ${where} ORDER BY user_id, occurred_at`;
  const reader = new BinaryCopyReader();
  let user = { id: '', bytes: Buffer.alloc(0) };
  for await (const piece of client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`))) {
    reader.push(piece as Buffer);
    while (reader.next()) {
      if (!reader.holds(CELL.user_id, user.bytes)) {
        const id = reader.ascii(CELL.user_id) as string;
        user = { id, bytes: Buffer.from(id) };
      }
      taker.take(user.id, entryAt(reader));
    }
    await taker.rest?.();
  }
}

function entryAt(reader: BinaryCopyReader): Entry {
  return entryOfFacts({
    type: reader.ascii(CELL.type) as string,
    id: reader.ascii(CELL.id) as string,
    occurredAt: reader.instant(CELL.occurred_at) as bigint,
    credits: reader.micros(CELL.credits),
    amount: reader.micros(CELL.amount),
    expiresAt: reader.instant(CELL.expires_at),
    moduleId: reader.ascii(CELL.module_id),
    pool: reader.ascii(CELL.pool),
    category: reader.ascii(CELL.category),
    refundedId: reader.ascii(CELL.refunded_id),
  });
}
