import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Client } from 'pg';
import {
  ProjectionRebuild,
  workersOfMachine,
  WRITERS_LOCK,
  type RebuildProgress,
} from '../../credits/index.js';
import { StartupError } from '../../platform/config/index.js';
import { connectOwner, OWNER_URL } from '../../platform/database/index.js';
import { FILL_ROLLUPS } from '../rollup/rollup-rows.js';

/** What a rebuild went through. */
export interface RebuildReport {
  readonly users: number;
  readonly entries: number;
  readonly deployments: number;
}

export interface RebuildOptions {
  readonly onProgress?: RebuildProgress;
  /** How many shares of the users are folded at once; absent: as many as the machine's processors are good for. */
  readonly workers?: number;
}

/** What is made of the projections in turn: kept sums, and the queue of what has changed since. */
const DERIVED = { tables: ['revenue_rollups', 'revenue_deltas'], fills: FILL_ROLLUPS };

/** Held by the session of the one rebuild that may be under way. */
const REBUILD_LOCK = 7_105_713;
/** A rebuild that was killed holds its locks until PostgreSQL has noticed. */
const LOCK_PATIENCE_MS = 3_000;
const LOCK_PAUSE_MS = 100;

/** Writes everything that the fold makes of the ledger anew. */
@Injectable()
export class Rebuild {
  constructor(@Inject(OWNER_URL) private readonly ownerUrl: string) {}

  /**
   * Recomputes every projection from the first entry into fresh tables, which then take the place of the old ones. The
   * service may go on reading and writing; a rebuild that breaks off goes on, when it is run again, where it was.
   *
   * @throws StartupError where another rebuild is under way, or the role may not do it
   */
  async run({
    onProgress = () => {},
    workers = workersOfMachine(),
  }: RebuildOptions = {}): Promise<RebuildReport> {
    const client = await connectOwner(this.ownerUrl);
    try {
      await assertOwner(client);
      await lockAgainstOthers(client);
      return await ProjectionRebuild.run(this.ownerUrl, client, { workers, onProgress, derived: DERIVED });
    } finally {
      await client.end();
    }
  }
}

async function assertOwner(client: Client): Promise<void> {
  const { rows } = await client.query<{ role: string; database: string; owns: boolean; creates: boolean }>(
    `SELECT current_user AS role, current_database() AS database,
            (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'deployment_revenue'::regclass) AS owns,
            has_database_privilege(current_database(), 'CREATE') AS creates`,
  );
  const [{ role, database, owns, creates }] = rows as [(typeof rows)[number]];
  if (!owns) {
    throw new StartupError(
      `A rebuild makes tables anew, and the role ${role} does not own them; set DATABASE_OWNER_URL to the role that does.`,
    );
  }
  if (!creates) {
    throw new StartupError(
      `A rebuild makes a schema of its own, and the role ${role} may not; GRANT CREATE ON DATABASE ${database} TO ${role}.`,
    );
  }
}

async function lockAgainstOthers(client: Client): Promise<void> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      REBUILD_LOCK,
    ]);
    if (rows[0]?.locked === true) break;
    if (performance.now() > deadline) {
      throw new StartupError(
        'Another rebuild of this database is under way; run this again when that has ended.',
      );
    }
    await sleep(LOCK_PAUSE_MS);
  }
  // Sessions that outlive a killed rebuild may still write a piece: whoever begins waits for them.
  await client.query('SELECT pg_advisory_lock($1), pg_advisory_unlock($1)', [WRITERS_LOCK]);
}
