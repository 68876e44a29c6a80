import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../../config/startup-error.js';
import type { Binaries } from './binaries.js';
import { makeCredentials, SUPERUSER, writeCredentials } from './credentials.js';
import { giveTo, identitiesForNew, invocationAs, isRoot, type Identity } from './identity.js';
import { insideHome, type Layout } from './layout.js';
import type { Durability } from './settings.js';

const DRAFT_PREFIX = 'postgres.new-';

/**
 * Creates the cluster if there is none. It is built in a draft folder and renamed when complete, so an existing cluster
 * is always complete even if a process was killed. Must be called under the folder's mutex.
 *
 * @throws StartupError if initdb works under none of the possible identities
 */
export async function ensureCluster(
  layout: Layout,
  binaries: Binaries,
  durability: Durability,
): Promise<void> {
  removeDrafts(layout.dataDirectory);
  if (existsSync(layout.home)) return;
  const complaints: string[] = [];
  for (const identity of identitiesForNew(layout.dataDirectory)) {
    const draft = join(layout.dataDirectory, `${DRAFT_PREFIX}${randomBytes(6).toString('hex')}`);
    const complaint = await createCluster(draft, binaries, identity, durability);
    if (complaint === null) {
      renameSync(draft, layout.home);
      return;
    }
    complaints.push(complaint);
    removeDrafts(layout.dataDirectory);
  }
  const advice = isRoot()
    ? 'PostgreSQL does not run as root, and no other account can use this folder. Run as an ordinary user, or set DATABASE_URL'
    : 'Check the folder and the disk, set DATA_DIR to another folder, or set DATABASE_URL';
  throw new StartupError(
    `The embedded PostgreSQL cannot be set up in ${layout.dataDirectory} (${complaints.at(isRoot() ? -1 : 0)}). ${advice}.`,
  );
}

/** Removes drafts of processes that were killed while they created a cluster. */
function removeDrafts(dataDirectory: string): void {
  for (const name of readdirSync(dataDirectory)) {
    if (name.startsWith(DRAFT_PREFIX))
      rmSync(join(dataDirectory, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Returns null on success, otherwise the error message of initdb. */
async function createCluster(
  home: string,
  binaries: Binaries,
  identity: Identity,
  durability: Durability,
): Promise<string | null> {
  const paths = insideHome(home);
  const credentials = makeCredentials();
  const passwordFile = join(home, 'initdb-password');
  mkdirSync(home);
  mkdirSync(paths.cluster, { mode: 0o700 });
  writeCredentials(paths.credentials, credentials);
  writeFileSync(passwordFile, credentials.superuserPassword, { mode: 0o600 });
  try {
    giveTo(identity, paths.cluster);
    giveTo(identity, passwordFile);
    return await runInitdb(binaries, identity, [
      ...[
        '--pgdata',
        paths.cluster,
        '--username',
        SUPERUSER,
        '--pwfile',
        passwordFile,
        '--auth',
        'scram-sha-256',
      ],
      ...[
        '--encoding',
        'UTF8',
        '--locale-provider',
        'builtin',
        '--builtin-locale',
        'C.UTF-8',
        '--locale',
        'C',
      ],
      '--no-instructions',
      ...(durability.durable ? [] : ['--no-sync']),
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function runInitdb(binaries: Binaries, identity: Identity, args: readonly string[]): Promise<string | null> {
  const invocation = invocationAs(identity, binaries.initdb, args);
  return new Promise((resolve) => {
    const child = spawn(invocation.command, invocation.args, {
      uid: invocation.uid,
      gid: invocation.gid,
      cwd: identity.kind === 'self' ? undefined : '/',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) =>
      resolve(code === 0 ? null : complaintIn(said) || `initdb ended with ${signal ?? code}`),
    );
  });
}

function complaintIn(said: string): string {
  const lines = said.trim().split('\n');
  return (lines.find((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? '').trim();
}
