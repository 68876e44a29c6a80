import type { ClientBase, QueryConfig } from 'pg';
import { ANSWER_PATIENCE_MS } from './patience.js';

/** Which database a connection leads to, and what part its server plays. */
export interface ServerIdentity {
  /** Whether it replays another server's changes. */
  readonly isStandby: boolean;
  /** What initdb drew: a primary and its replicas have one between them. */
  readonly system: string;
  readonly database: string;
  /** The history that the server's last checkpoint belongs to; a promotion starts a new one. */
  readonly timeline: number;
}

/** Asks the server at the other end. */
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

/** Why a server is no replica of the primary, as the end of a sentence; null where it is one. */
export function whyNoReplica(found: ServerIdentity, primary: ServerIdentity): string | null {
  if (!found.isStandby) return 'is no standby: it takes writes of its own (not in recovery)';
  if (found.system !== primary.system) return 'replicates another server than the one of DATABASE_URL';
  if (found.database === primary.database) return null;
  return `is asked for database ${found.database}, and DATABASE_URL leads to ${primary.database}`;
}
