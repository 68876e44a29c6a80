import type { DataSource, QueryRunner } from 'typeorm';
import { withoutTimeLimits } from './time-limits.js';
import { lendUnlessAborted } from './unless-aborted.js';

/** Runs work with a connection of a pool: with the time limits of requests, or without. */
export type Lend = <T>(source: DataSource, work: (runner: QueryRunner) => Promise<T>) => Promise<T>;

/** For a request. */
export const lendBriefly: Lend = (source, work) => lendUnlessAborted(source, undefined, work);

/** For a request that ends at once when its signal is aborted. */
export function lendBrieflyUntil(signal: AbortSignal): Lend {
  return (source, work) => lendUnlessAborted(source, signal, work);
}

/** For bulk work; see withoutTimeLimits. */
export function lendAtLength(signal: AbortSignal | undefined): Lend {
  return (source, work) => withoutTimeLimits(source, work, signal);
}
