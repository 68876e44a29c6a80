import type { DataSource } from 'typeorm';
import { preparedQueryOf } from '../prepared-query.js';

/** How far the primary had come at a moment of its own clock. */
export interface PrimaryPosition {
  /** Place in the write-ahead log (`0/16B3748`): every commit that was answered before it was asked for stands before it. */
  readonly lsn: string;
  /** The history that the place belongs to. */
  readonly timeline: number;
  /** PostgreSQL's text of a timestamptz: what was committed by then stands before `lsn`. */
  readonly at: string;
}

/**
 * A commit is answered once it is flushed, unless `synchronous_commit` is off: then only the place where the next
 * record goes is surely behind it.
 */
const POSITION = `
  SELECT lsn::text AS lsn, left(pg_walfile_name(lsn), 8) AS timeline, statement_timestamp() AS at
    FROM (SELECT CASE current_setting('synchronous_commit')
                   WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn()
                 END AS lsn) AS position`;
const LSN = /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/;

/** One small statement on the primary, which touches no table. */
export async function primaryPosition(primary: DataSource): Promise<PrimaryPosition> {
  const [row] = await preparedQueryOf<Record<'lsn' | 'timeline' | 'at', string>>(primary, POSITION, []);
  // It becomes part of a statement on the replica.
  if (row === undefined || !LSN.test(row.lsn)) throw new Error(`"${row?.lsn}" is no place in the log.`);
  return { lsn: row.lsn, timeline: Number.parseInt(row.timeline, 16), at: row.at };
}
