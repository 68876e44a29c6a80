import { Client } from 'pg';
import type { Postmaster } from './postmaster.js';
import { addressOf, MAINTENANCE_DATABASE, SUPERUSER, type Credentials } from './credentials.js';

/**
 * Id of the advisory lock that every process holds in shared mode while it uses the server. The number is arbitrary.
 */
const MEMBERS_LOCK = 7_105_711;

/** Opens a session of the superuser. The caller must end it. */
export async function connectAsSuperuser(server: Postmaster, credentials: Credentials): Promise<Client> {
  const client = new Client({
    connectionString: addressOf(SUPERUSER, credentials.superuserPassword, server.port, MAINTENANCE_DATABASE),
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
    keepAlive: true,
    application_name: 'partner-module-revenue holder',
  });
  await client.connect();
  return client;
}

/** Makes this process a member of the server until the session ends, for whatever reason. */
export async function enter(session: Client): Promise<void> {
  await session.query('SELECT pg_advisory_lock_shared($1)', [MEMBERS_LOCK]);
}

/**
 * Ends the session; returns true if no other member is left. Must be called under the folder's mutex, so that no
 * process enters in the meantime.
 */
export async function leave(session: Client): Promise<boolean> {
  // The session's own shared lock does not block its exclusive lock; a shared lock of another session does.
  const { rows } = await session.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [
    MEMBERS_LOCK,
  ]);
  await session.end();
  return rows[0]?.last === true;
}
