import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withServer, type RunningServer } from '../../src/platform/database/embedded/index.js';

/**
 * Runs `work` with this Jest run's PostgreSQL, which has no durability, while no other worker starts it. The global
 * setup has created its folder, and the global teardown ends it.
 */
export function withTestServer<T>(work: (server: RunningServer) => Promise<T>): Promise<T> {
  return withServer(runFolder(), { durable: false }, work);
}

/** Creates a folder for another PostgreSQL, next to that of this Jest run. If the run is killed, the next one removes it. */
export function databaseFolder(part: string): string {
  return mkdtempSync(join(dirname(runFolder()), `pmr-jest-${process.pid}-${part}-`));
}

/** The folder of this Jest run, which ends with it. */
export function runFolder(): string {
  const directory = process.env['PMR_TEST_CLUSTER'];
  if (directory === undefined)
    throw new Error('Jest runs without its globalSetup (test/support/global-setup.mjs)');
  return directory;
}
