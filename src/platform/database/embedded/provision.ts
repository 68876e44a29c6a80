import type { Client } from 'pg';
import { DATABASE_NAME, OWNER_ROLE, SERVICE_ROLE, type Credentials } from './credentials.js';

/**
 * Creates the two roles and the database if an earlier start has not done so. The database is created last: if it
 * exists, all exists.
 *
 * @param client a session of the superuser, under the folder's mutex
 */
export async function provision(client: Client, credentials: Credentials): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE_NAME]);
  if (rowCount === 1) return;
  await ensureRole(client, OWNER_ROLE, credentials.ownerPassword);
  await ensureRole(client, SERVICE_ROLE, credentials.servicePassword);
  await client.query(`CREATE DATABASE ${DATABASE_NAME} OWNER ${OWNER_ROLE}`);
}

async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount === 1 ? 'ALTER' : 'CREATE';
  await client.query(`${verb} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
}
