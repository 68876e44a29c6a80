import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import type { QueryRunner } from 'typeorm';
import { Problem } from '../../problem/index.js';
import type { Snapshot } from '../snapshot.js';
import { ANSWER_PATIENCE_MS } from './patience.js';
import type { PrimaryPosition } from './primary-position.js';

/** How long a read waits for a replica to catch up; streaming needs a few milliseconds. */
const REPLAY_PATIENCE_MS = 100;
const LOOK_AGAIN_MS = 3;

/** A replica does not yet contain what the read must see. */
export class ReplicaBehind extends Error {
  override readonly name = 'ReplicaBehind';
}

/**
 * Reads from one snapshot of a replica that contains everything up to the position.
 *
 * @param runner has a connection to the replica, outside a transaction
 * @param lock the statement that must come before a snapshot
 * @throws ReplicaBehind if the replica does not catch up within `REPLAY_PATIENCE_MS`
 */
export async function replicaSnapshotOn<T>(
  runner: QueryRunner,
  lock: string,
  position: PrimaryPosition,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const client = (await runner.connect()) as PoolClient;
  try {
    await beginFrom(client, lock, position);
    const result = await work({ manager: runner.manager, client, takenAt: position.at });
    await client.query('ROLLBACK').catch(() => {}); // all rows have been read
    return result;
  } catch (error) {
    const isWell = error instanceof Problem || error instanceof ReplicaBehind;
    if (isWell) await client.query('ROLLBACK').catch(() => {});
    // Do not wait for a failed replica's answer to ROLLBACK: end the connection, and the pool drops it.
    else (client as unknown as { end(): Promise<void> }).end().catch(() => {});
    throw error;
  }
}

async function beginFrom(client: PoolClient, lock: string, { lsn }: PrimaryPosition): Promise<void> {
  const deadline = performance.now() + REPLAY_PATIENCE_MS;
  while (!(await beginIfReplayed(client, lock, lsn))) {
    if (performance.now() > deadline) throw new ReplicaBehind(`It has not replayed ${lsn}.`);
    await client.query('ROLLBACK');
    await sleep(LOOK_AGAIN_MS);
  }
}

/**
 * Starts the snapshot, in one round trip; false if the position is not replayed yet. The position is checked in a
 * transaction before the one that reads, because in the same transaction the snapshot would be older than the answer. A
 * server that was promoted in the meantime accepts writes itself and counts as not replayed.
 */
async function beginIfReplayed(client: PoolClient, lock: string, lsn: string): Promise<boolean> {
  const message: QueryConfig & { query_timeout: number } = {
    text: `BEGIN;
           SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= '${lsn}' AS "isReplayed";
           COMMIT;
           BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
           ${lock}`,
    query_timeout: ANSWER_PATIENCE_MS,
  };
  const results = (await client.query(message)) as unknown as QueryResult<{ isReplayed: boolean }>[];
  return results[1]?.rows[0]?.isReplayed === true;
}
