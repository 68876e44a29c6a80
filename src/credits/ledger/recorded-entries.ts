import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Entry, Instant } from '../../domain/index.js';
import { BinaryCopyReader } from '../../platform/database/binary-copy-reader.js';
import { entryColumnsSql, readEntry } from './ledger-copy.js';

/** An entry with its place in the order of recording. */
export interface RecordedEntryRow {
  readonly sequence: bigint;
  readonly recordedAt: Instant;
  readonly entry: Entry;
}

/** Reads whole histories with the order in which they were recorded, by COPY. Users without entries are left out. */
export async function readRecordedEntries(
  client: PoolClient,
  userIds: readonly string[],
): Promise<Map<string, RecordedEntryRow[]>> {
  const wanted = userIds.map((id) => client.escapeLiteral(id)).join(', ');
  const { columns, count } = entryColumnsSql();
  const select = `SELECT ${columns}, entry.sequence::text, entry.recorded_at
                    FROM credit_entries AS entry WHERE entry.user_id = ANY (ARRAY[${wanted}])`;
  const reader = new BinaryCopyReader();
  const histories = new Map<string, RecordedEntryRow[]>();
  for await (const chunk of client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`))) {
    reader.push(chunk as Buffer);
    while (reader.next()) {
      const { userId, entry } = readEntry(reader);
      const recorded = {
        sequence: BigInt(reader.ascii(count) as string),
        recordedAt: reader.instant(count + 1) as Instant,
        entry,
      };
      const history = histories.get(userId);
      if (history === undefined) histories.set(userId, [recorded]);
      else history.push(recorded);
    }
  }
  return histories;
}
