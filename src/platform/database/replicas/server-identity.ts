import type { ClientBase, QueryConfig } from 'pg';
import { ANSWER_PATIENCE_MS } from './patience.js';

/** Database and role of a server at the other end of a connection. */
export interface ServerIdentity {
  /** Whether it replays another server's changes. */
  readonly isStandby: boolean;
  /** The system identifier from initdb; a primary and its replicas have the same. */
  readonly system: string;
  readonly database: string;
  /** The timeline of the server's last checkpoint; a promotion starts a new one. */
  readonly timeline: number;
}

/** Reads the identity of the connected server. */
export async function serverIdentity(client: ClientBase): Promise<ServerIdentity> {
  const question: QueryConfig & { query_timeout: number } = {
    text: IDENTITY,
    query_timeout: ANSWER_PATIENCE_MS,
  };
  const { rows } = await client.query<ServerIdentity>(question);
  return rows[0] as ServerIdentity;
}

const IDENTITY = `
  SELECT pg_is_in_recovery() AS "isStandby",
         (SELECT system_identifier::text FROM pg_control_system()) AS system,
         current_database()::text AS database,
         (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline`;

/** Why a server is not a replica of the primary, as the end of a sentence; null if it is one. */
export function whyNoReplica(found: ServerIdentity, primary: ServerIdentity): string | null {
  if (!found.isStandby) return 'is not a standby: it accepts writes (not in recovery)';
  if (found.system !== primary.system) return 'does not replicate the server of DATABASE_URL';
  if (found.database === primary.database) return null;
  return `is used with the database ${found.database}, but DATABASE_URL points to ${primary.database}`;
}
