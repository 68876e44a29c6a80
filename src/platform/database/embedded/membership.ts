import { Client } from 'pg';
import type { Postmaster } from './postmaster.js';
import { addressOf, MAINTENANCE_DATABASE, SUPERUSER, type Credentials } from './credentials.js';

/** Names the lock that every process holds, shared, while it uses the server. Any fixed number does. */
const MEMBERS_LOCK = 7_105_711;

/** A session of the superuser. The caller ends it. */
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

/** Counts this process among the server's users for as long as the session lives, however it ends. */
export async function enter(session: Client): Promise<void> {
  await session.query('SELECT pg_advisory_lock_shared($1)', [MEMBERS_LOCK]);
}

/** Ends the session; true when nobody else is left. Call it under the folder's mutex, so that nobody enters meanwhile. */
export async function leave(session: Client): Promise<boolean> {
  // A session's own shared lock does not stand in the way of its exclusive one; anybody else's does.
  const { rows } = await session.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [
    MEMBERS_LOCK,
  ]);
  await session.end();
  return rows[0]?.last === true;
}
