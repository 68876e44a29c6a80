import { mkdirSync } from 'node:fs';
import { StartupError } from '../../config/startup-error.js';
import { locateBinaries } from './binaries.js';
import { ensureCluster } from './cluster.js';
import { readCredentials, type Credentials } from './credentials.js';
import { layoutOf, type Layout } from './layout.js';
import { connectAsSuperuser } from './membership.js';
import { MutexTimeout, withMutex } from './mutex.js';
import type { Postmaster } from './postmaster.js';
import { provision } from './provision.js';
import { ensureServer } from './server.js';
import type { Durability } from './settings.js';

/** Longer than a crash recovery by another process can last. */
const MUTEX_PATIENCE_MS = 330_000;

/** A running server and what is needed to connect to it. */
export interface RunningServer {
  readonly layout: Layout;
  readonly postmaster: Postmaster;
  readonly credentials: Credentials;
}

/**
 * Runs `work` with this folder's server. The server is first set up, started or recovered if necessary. No other
 * process starts, joins or stops the server in the meantime.
 *
 * @throws StartupError with one message that names the cause
 */
export function withServer<T>(
  dataDirectory: string,
  durability: Durability,
  work: (server: RunningServer) => Promise<T>,
): Promise<T> {
  return exclusively(dataDirectory, async (layout) => {
    const binaries = locateBinaries();
    await ensureCluster(layout, binaries, durability);
    const credentials = readCredentials(layout.credentials);
    const postmaster = await ensureServer(layout, binaries, durability);
    const superuser = await connectAsSuperuser(postmaster, credentials);
    try {
      await provision(superuser, credentials);
    } finally {
      await superuser.end();
    }
    return work({ layout, postmaster, credentials });
  });
}

/** Runs `work` while no other process starts, joins or stops the server of this folder. */
export async function exclusively<T>(
  dataDirectory: string,
  work: (layout: Layout) => Promise<T>,
): Promise<T> {
  const layout = layoutOf(dataDirectory);
  try {
    mkdirSync(dataDirectory, { recursive: true });
    return await withMutex(layout.mutex, MUTEX_PATIENCE_MS, () => work(layout));
  } catch (error) {
    throw explained(error, dataDirectory);
  }
}

function explained(error: unknown, dataDirectory: string): unknown {
  if (error instanceof MutexTimeout) {
    return new StartupError(
      `Process ${error.message} has been starting or stopping the database in ${dataDirectory} for minutes. End that process and start again.`,
    );
  }
  const isAboutAFile = error instanceof Error && 'syscall' in error && 'path' in error;
  if (!isAboutAFile) return error;
  return new StartupError(
    `The data folder ${dataDirectory} cannot be used (${error.message}). Make it readable and writable for this user, or set DATA_DIR to another folder.`,
  );
}
