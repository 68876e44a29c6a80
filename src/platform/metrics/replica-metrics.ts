import { Counter, Gauge, type Registry } from 'prom-client';
import type { Replicas } from '../database/index.js';

/** Registers metrics of the replicas, if there are any. Labels are positions in DATABASE_REPLICA_URLS, from 1. */
export function registerReplicaMetrics(registry: Registry, replicas: Replicas): void {
  if (replicas.all.length === 0) return;
  const registers = [registry];
  const labelNames = ['replica'];
  const usable = new Gauge({
    name: 'database_replica_usable',
    help: '1 if reports can be read from the replica now, 0 if the primary must serve them.',
    labelNames,
    registers,
    collect: () => each((replica, labels) => usable.set(labels, replica.isUsable ? 1 : 0)),
  });
  const lagSeconds = new Gauge({
    name: 'database_replica_lag_seconds',
    help: 'Seconds since the replica last contained everything that the primary had written; 0 while it does.',
    labelNames,
    registers,
    collect: () => each((replica, labels) => lagSeconds.set(labels, replica.lag_seconds)),
  });
  const lagBytes = new Gauge({
    name: 'database_replica_lag_bytes',
    help: 'Write-ahead log that the replica had not replayed at the last check.',
    labelNames,
    registers,
    collect: () => each((replica, labels) => lagBytes.set(labels, replica.lag_bytes)),
  });
  const reads = new Counter({
    name: 'database_replica_reads_total',
    help: 'Reports and exports that were read from the replica.',
    labelNames,
    registers,
    collect: () => {
      reads.reset();
      each((replica, labels) => reads.inc(labels, replica.reads));
    },
  });
  const fallbacks = new Counter({
    name: 'database_replica_fallbacks_total',
    help: 'Reads that the primary served instead of the replica, by reason.',
    labelNames: [...labelNames, 'reason'],
    registers,
    collect: () => {
      fallbacks.reset();
      each((replica, labels) => {
        for (const [reason, count] of Object.entries(replica.fallbacks))
          fallbacks.inc({ ...labels, reason }, count);
      });
    },
  });

  function each(
    record: (replica: Replicas['all'][number], labels: { readonly replica: string }) => void,
  ): void {
    for (const replica of replicas.all) record(replica, { replica: String(replica.number) });
  }
}
