import { withServer, type RunningServer } from '../../src/platform/database/embedded/index.js';

/**
 * Runs `work` with this Jest run's PostgreSQL, which has no durability, while no other worker starts it. The global
 * setup has created its folder, and the global teardown ends it.
 */
export function withTestServer<T>(work: (server: RunningServer) => Promise<T>): Promise<T> {
  return withServer(runFolder(), { durable: false }, work);
}

/** The folder of this Jest run, which ends with it. */
export function runFolder(): string {
  const directory = process.env['PMR_TEST_CLUSTER'];
  if (directory === undefined)
    throw new Error('Jest runs without its globalSetup (test/support/global-setup.mjs)');
  return directory;
}
