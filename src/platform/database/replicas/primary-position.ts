import type { DataSource } from 'typeorm';
import { preparedQueryOf } from '../prepared-query.js';

/** Position of the primary in its write-ahead log at a time. */
export interface PrimaryPosition {
  /** Position in the write-ahead log (`0/16B3748`), after every commit that was confirmed before the query for it. */
  readonly lsn: string;
  /** The timeline that the position belongs to. */
  readonly timeline: number;
  /** Time of the position, as PostgreSQL's text of a timestamptz: commits up to it are before `lsn`. */
  readonly at: string;
}

/**
 * A commit is confirmed once it is flushed. If `synchronous_commit` is off, it is confirmed earlier; then only the
 * insert position is certainly after it.
 */
const POSITION = `
  SELECT lsn::text AS lsn, left(pg_walfile_name(lsn), 8) AS timeline, statement_timestamp() AS at
    FROM (SELECT CASE current_setting('synchronous_commit')
                   WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn()
                 END AS lsn) AS position`;
const LSN = /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/;

/** Runs one small statement on the primary that reads no table. */
export async function primaryPosition(primary: DataSource): Promise<PrimaryPosition> {
  const [row] = await preparedQueryOf<Record<'lsn' | 'timeline' | 'at', string>>(primary, POSITION, []);
  // Checked, because it becomes part of a statement on the replica.
  if (row === undefined || !LSN.test(row.lsn))
    throw new Error(`"${row?.lsn}" is not a position in the write-ahead log.`);
  return { lsn: row.lsn, timeline: Number.parseInt(row.timeline, 16), at: row.at };
}
