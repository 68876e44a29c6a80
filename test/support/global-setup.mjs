// Plain JavaScript: Jest loads it without the module mapping of the tests.
import { accessSync, constants, mkdtempSync, readdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, removeCluster, CLUSTER_PREFIX } from './remove-cluster.mjs';

const GB = 1024 ** 3;

/** A file system in memory. Creating a database there takes a tenth of the processor time that a disk's takes. */
const IN_MEMORY = '/dev/shm';

/** Creates this Jest run's folder for the PostgreSQL that starts when the first test needs a database. */
export default function globalSetup() {
  const parent = hasPlentyOfMemory() ? IN_MEMORY : tmpdir();
  for (const folder of new Set([parent, tmpdir()])) removeAbandoned(folder);
  process.env.PMR_TEST_CLUSTER = mkdtempSync(join(parent, `${CLUSTER_PREFIX}${process.pid}-`));
}

/** All databases of a run take less than 2 GB at once. */
function hasPlentyOfMemory() {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize > 4 * GB && process.availableMemory() > 6 * GB;
  } catch {
    return false; // Not on this system.
  }
}

/**
 * Removes what killed runs left in a folder.
 *
 * @param {string} folder
 */
function removeAbandoned(folder) {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(CLUSTER_PREFIX)) continue;
    const pid = Number(name.slice(CLUSTER_PREFIX.length).split('-')[0]);
    if (!isRunning(pid)) removeCluster(join(folder, name));
  }
}
