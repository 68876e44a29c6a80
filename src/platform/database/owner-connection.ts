import pg from 'pg';
import { ownerSession } from './connection-options.js';
import { setUpForOwner } from './session-settings.js';

/** Injection token of the address of the role that owns the tables. */
export const OWNER_URL = Symbol('OWNER_URL');

/**
 * Opens a session of the role that owns the tables, for work that the service's role has no privileges for. It has no
 * time limits. The caller must end it.
 */
export async function connectOwner(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client(ownerSession(ownerUrl));
  client.on('error', () => {}); // a lost connection makes the next statement fail
  await client.connect();
  await setUpForOwner(client);
  return client;
}
