import { Client } from 'pg';
import { StartupError } from '../../config/startup-error.js';
import { connectionFailure } from '../connection-failure.js';
import { serverIdentity, whyNoReplica } from './server-identity.js';

const CONNECT_TIMEOUT_MS = 2_000;
/** SQLSTATEs of a password, a role or a database that is wrong: waiting mends none of them. */
const WRONG_ADDRESS = /^(?:28000|28P01|3D000)$/;

/**
 * Looks at every address of DATABASE_REPLICA_URLS before the service starts. A replica that is out of reach only costs
 * its help, so that is told and no more.
 *
 * @throws StartupError where one leads to a server that is no replica of the primary, or refuses the role
 */
export async function checkReplicas(
  urls: readonly string[],
  primaryUrl: string,
  notify: (what: string) => void,
): Promise<void> {
  if (urls.length === 0) return;
  const primary = await identityAt(primaryUrl);
  for (const url of urls) {
    const complaint = await identityAt(url).then(
      (found) => whyNoReplica(found, primary),
      (error: unknown) => {
        const failure = connectionFailure(error, url, 'DATABASE_REPLICA_URLS');
        if (WRONG_ADDRESS.test(String((error as { code?: unknown }).code))) throw failure;
        notify(`${failure.message} Until it answers, reports are read from the primary.`);
        return null;
      },
    );
    if (complaint !== null) {
      throw new StartupError(
        `The server at ${new URL(url).host} in DATABASE_REPLICA_URLS ${complaint}; name streaming replicas of the primary only.`,
      );
    }
  }
}

async function identityAt(url: string): ReturnType<typeof serverIdentity> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => {}); // told by the query as well
  try {
    await client.connect();
    return await serverIdentity(client);
  } finally {
    await client.end().catch(() => {}); // never connected, or gone
  }
}
