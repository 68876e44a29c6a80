import { Client } from 'pg';
import { StartupError } from '../../config/startup-error.js';
import { connectionFailure } from '../connection-failure.js';
import { serverIdentity, whyNoReplica } from './server-identity.js';

const CONNECT_TIMEOUT_MS = 2_000;
/** SQLSTATEs for a wrong password, role or database: waiting does not help. */
const WRONG_ADDRESS = /^(?:28000|28P01|3D000)$/;

/**
 * Checks every address of DATABASE_REPLICA_URLS before the service starts. An unreachable replica is only reported,
 * because the service works without it.
 *
 * @throws StartupError if an address points to a server that is not a replica of the primary, or if a replica refuses
 *   the role
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
        `The server at ${new URL(url).host} in DATABASE_REPLICA_URLS ${complaint}. List only streaming replicas of the primary.`,
      );
    }
  }
}

async function identityAt(url: string): ReturnType<typeof serverIdentity> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => {}); // the query fails as well
  try {
    await client.connect();
    return await serverIdentity(client);
  } finally {
    await client.end().catch(() => {}); // it may never have connected
  }
}
