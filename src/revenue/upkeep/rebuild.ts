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

/** What a rebuild processed. */
export interface RebuildReport {
  readonly users: number;
  readonly entries: number;
  readonly deployments: number;
}

export interface RebuildOptions {
  readonly onProgress?: RebuildProgress;
  /** How many groups of users are folded in parallel; absent: chosen by the number of processors. */
  readonly workers?: number;
}

/** Tables that are computed from the projections: the rollups, and the deltas that change them. */
const DERIVED = { tables: ['revenue_rollups', 'revenue_deltas'], fills: FILL_ROLLUPS };

/** Advisory lock of the session of a rebuild; only one rebuild can run at a time. */
export const REBUILD_LOCK = 7_105_713;
/** The locks of a killed rebuild remain until PostgreSQL notices that its session has ended. */
const LOCK_PATIENCE_MS = 3_000;
const LOCK_PAUSE_MS = 100;

/** Writes all projections again. */
@Injectable()
export class Rebuild {
  constructor(@Inject(OWNER_URL) private readonly ownerUrl: string) {}

  /**
   * Recomputes every projection from the first entry into new tables, which then replace the old ones. The service can
   * read and write meanwhile. A rebuild that was interrupted continues from there when it is run again.
   *
   * @throws StartupError if another rebuild is running, or the role does not have the right
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
      `The role ${role} does not own the tables that a rebuild replaces. Set DATABASE_OWNER_URL to the role that owns them.`,
    );
  }
  if (!creates) {
    throw new StartupError(
      `The role ${role} cannot create the schema of a rebuild. Run GRANT CREATE ON DATABASE ${database} TO ${role}.`,
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
        'Another rebuild of this database is running. Run this command again when it has ended.',
      );
    }
    await sleep(LOCK_PAUSE_MS);
  }
  // Sessions of a killed rebuild can still be writing, so a new rebuild waits for them.
  await client.query('SELECT pg_advisory_lock($1), pg_advisory_unlock($1)', [WRITERS_LOCK]);
}
