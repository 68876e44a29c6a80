import type { DataSource, QueryRunner } from 'typeorm';
import { withoutTimeLimits } from './time-limits.js';
import { unlessAborted } from './unless-aborted.js';

/** Lends a connection of a pool for some work: with the time limits of requests, or without. */
export type Lend = <T>(source: DataSource, work: (runner: QueryRunner) => Promise<T>) => Promise<T>;

/** For a request. */
export const lendBriefly: Lend = async (source, work) => {
  const runner = source.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
};

/** For bulk work; see withoutTimeLimits and unlessAborted. */
export function lendAtLength(signal: AbortSignal | undefined): Lend {
  return (source, work) =>
    withoutTimeLimits(source, (runner, client) => unlessAborted(source, client, signal, () => work(runner)));
}
