// Plain JavaScript: Jest loads it without the module mapping of the tests.
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, removeCluster, CLUSTER_PREFIX } from './remove-cluster.mjs';

/** Creates this Jest run's folder for the PostgreSQL that starts when the first test needs a database. */
export default function globalSetup() {
  removeAbandoned();
  process.env.PMR_TEST_CLUSTER = mkdtempSync(join(tmpdir(), `${CLUSTER_PREFIX}${process.pid}-`));
}

/** Remains of killed runs. */
function removeAbandoned() {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(CLUSTER_PREFIX)) continue;
    const pid = Number(name.slice(CLUSTER_PREFIX.length).split('-')[0]);
    if (!isRunning(pid)) removeCluster(join(tmpdir(), name));
  }
}
