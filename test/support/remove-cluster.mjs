import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const CLUSTER_PREFIX = 'pmr-jest-';

/** @param {number} pid */
export function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Ends the temporary PostgreSQL of a folder, if one runs, and removes the folder.
 *
 * @param {string} directory
 */
export function removeCluster(directory) {
  try {
    const pidFile = readFileSync(join(directory, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
    process.kill(Number(pidFile.split('\n')[0]), 'SIGQUIT'); // at once, without a checkpoint
  } catch {
    // No test used a database, or it is gone already.
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
