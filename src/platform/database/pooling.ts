import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { StartupError } from '../config/startup-error.js';

const PATIENCE_MS = 10_000;
/** Times that it is looked whether a session keeps its server connection; others may take one in between. */
const ROUNDS = 5;

interface Place {
  readonly backend: number;
  /** What this very session has been told to keep. */
  readonly mark: string;
}

/**
 * Whether something stands between the session and PostgreSQL: a pooler gives out numbers of its own.
 *
 * @param backend what `pg_backend_pid()` says
 */
export function isPooled(client: Client, backend: number): boolean {
  return (client as unknown as { readonly processID: number | null }).processID !== backend;
}

/**
 * Refuses a pooler that gives a session another connection to PostgreSQL for each transaction or statement: temporary tables,
 * prepared statements, settings and locks of a session would be other people's. In a pool of sessions each keeps its own.
 *
 * @param variable the environment variable that holds the address
 * @throws StartupError where sessions are not kept, and what the connections throw
 */
export async function assertKeepsSessions(url: string, variable: string): Promise<void> {
  const [one, other] = [1, 2].map(
    () =>
      new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS }),
  ) as [Client, Client];
  for (const client of [one, other]) client.on('error', () => {}); // told by the query as well
  try {
    await one.connect();
    await other.connect();
    if (await keepsSession(one, other)) return;
  } finally {
    await Promise.all([one, other].map((client) => client.end().catch(() => {})));
  }
  throw new StartupError(
    `The pooler at ${new URL(url).host} in ${variable} gives a session another connection for each transaction, and this service needs the same one for all; set pool_mode = session for this database there, or lead ${variable} to PostgreSQL itself.`,
  );
}

/** While another session is in a transaction, one comes back to its own connection only where that was kept for it. */
async function keepsSession(one: Client, other: Client): Promise<boolean> {
  const mark = randomBytes(8).toString('hex');
  await one.query(`SET pmr.mark = '${mark}'`);
  const first = await placeOf(one);
  if (first.mark !== mark) return false;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!(await begins(other))) return false;
    const others = await placeOf(other);
    if (others.backend === first.backend || others.mark === mark) return false;
    const again = await placeOf(one);
    await other.query('ROLLBACK');
    if (again.backend !== first.backend || again.mark !== mark) return false;
  }
  return true;
}

/** False where the pooler knows no transactions at all. */
async function begins(client: Client): Promise<boolean> {
  try {
    await client.query('BEGIN');
    return true;
  } catch {
    return false;
  }
}

async function placeOf(client: Client): Promise<Place> {
  const { rows } = await client.query<Place>(
    `SELECT pg_backend_pid() AS backend, coalesce(current_setting('pmr.mark', true), '') AS mark`,
  );
  return rows[0] as Place;
}
