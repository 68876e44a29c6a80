import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { StartupError } from '../config/startup-error.js';

const PATIENCE_MS = 10_000;
/** Number of checks whether a session keeps its server connection; between them other clients can take one. */
const ROUNDS = 5;

interface SessionState {
  readonly backend: number;
  /** A random setting of this session. */
  readonly mark: string;
}

/**
 * Whether there is a pooler between the session and PostgreSQL: a pooler gives clients process ids of its own.
 *
 * @param backend the result of `pg_backend_pid()`
 */
export function isPooled(client: Client, backend: number): boolean {
  return (client as unknown as { readonly processID: number | null }).processID !== backend;
}

/**
 * Refuses a pooler in transaction or statement mode. There, temporary tables, prepared statements, settings and locks
 * of a session would belong to other clients. In session mode each client keeps its connection to PostgreSQL.
 *
 * @param variable the environment variable that contains the address
 * @throws StartupError if sessions are not kept; also errors of the connections
 */
export async function assertKeepsSessions(url: string, variable: string): Promise<void> {
  const [one, other] = [1, 2].map(
    () =>
      new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS }),
  ) as [Client, Client];
  for (const client of [one, other]) client.on('error', () => {}); // the query fails as well
  try {
    await one.connect();
    await other.connect();
    if (await keepsSession(one, other)) return;
  } finally {
    await Promise.all([one, other].map((client) => client.end().catch(() => {})));
  }
  throw new StartupError(
    `The pooler at ${new URL(url).host} in ${variable} gives a session another connection for each transaction; the service needs the same one for the whole session. Set pool_mode = session for this database in the pooler, or point ${variable} directly to PostgreSQL.`,
  );
}

/** Whether a session keeps its server connection while another session is in a transaction. */
async function keepsSession(one: Client, other: Client): Promise<boolean> {
  const mark = randomBytes(8).toString('hex');
  await one.query(`SET pmr.mark = '${mark}'`);
  const first = await sessionStateOf(one);
  if (first.mark !== mark) return false;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!(await begins(other))) return false;
    const others = await sessionStateOf(other);
    if (others.backend === first.backend || others.mark === mark) return false;
    const again = await sessionStateOf(one);
    await other.query('ROLLBACK');
    if (again.backend !== first.backend || again.mark !== mark) return false;
  }
  return true;
}

/** False if the pooler does not support transactions. */
async function begins(client: Client): Promise<boolean> {
  try {
    await client.query('BEGIN');
    return true;
  } catch {
    return false;
  }
}

async function sessionStateOf(client: Client): Promise<SessionState> {
  const { rows } = await client.query<SessionState>(
    `SELECT pg_backend_pid() AS backend, coalesce(current_setting('pmr.mark', true), '') AS mark`,
  );
  return rows[0] as SessionState;
}
