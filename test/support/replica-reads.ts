import { setTimeout as sleep } from 'node:timers/promises';
import { send } from './http-client.js';

const PATIENCE_MS = 20_000;

/** Reads of a service with one replica, by the server that answered. */
export interface ReadCounts {
  readonly replica: number;
  readonly behind: number;
  readonly unreachable: number;
  readonly conflict: number;
}

/** The state of a service's replica, from its metrics. */
export interface ReplicaReads {
  counts(): Promise<ReadCounts>;
  metric(name: string): Promise<number>;
  /** Waits until this many replicas are usable. */
  untilUsable(count: 0 | 1): Promise<void>;
}

/** @param service called for each read, when the service exists */
export function readFrom(service: () => { readonly url: string }): ReplicaReads {
  const metric = async (name: string, reason?: string): Promise<number> => {
    const { text } = await send(`${service().url}/metrics`);
    const start = `${name}{replica="1"${reason === undefined ? '' : `,reason="${reason}"`}} `;
    const line = text.split('\n').find((candidate) => candidate.startsWith(start));
    if (line === undefined) throw new Error(`There is no metric ${start}`);
    return Number(line.slice(start.length));
  };
  const fallbacks = (reason: string): Promise<number> => metric('database_replica_fallbacks_total', reason);
  return {
    metric,
    counts: async () => ({
      replica: await metric('database_replica_reads_total'),
      behind: await fallbacks('behind'),
      unreachable: await fallbacks('unreachable'),
      conflict: await fallbacks('conflict'),
    }),
    untilUsable: async (count) => {
      const deadline = performance.now() + PATIENCE_MS;
      for (;;) {
        const { text } = await send(`${service().url}/api/health/ready`);
        const wanted = JSON.stringify({ status: 'ok', replicas: { configured: 1, usable: count } });
        if (text === wanted) return;
        if (performance.now() > deadline) throw new Error(`Waiting for ${wanted}, it is ${text}`);
        await sleep(50);
      }
    },
  };
}
