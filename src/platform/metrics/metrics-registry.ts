import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { Replicas } from '../database/index.js';
import { registerReplicaMetrics } from './replica-metrics.js';

/** Counts of node-postgres' pool. */
interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** Gauges of prom-client with the suffix of counters, which promtool refuses. Each is also available by its kinds. */
const MISNAMED = [
  'nodejs_active_resources_total',
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
];

/**
 * All metrics of an application: of Node, of the connection pool, of the replicas, and those that other classes
 * register.
 */
@Injectable()
export class MetricsRegistry extends Registry {
  constructor(@InjectDataSource() dataSource: DataSource, replicas: Replicas) {
    super();
    collectDefaultMetrics({ register: this });
    for (const name of MISNAMED) this.removeSingleMetric(name);
    const connections = new Gauge({
      name: 'database_pool_connections',
      help: 'Connections of the database pool: open ones, idle ones, and requests that wait for one.',
      labelNames: ['state'],
      registers: [this],
      collect: () => {
        const { totalCount, idleCount, waitingCount } = (
          dataSource.driver as unknown as { master: PoolCounts }
        ).master;
        connections.set({ state: 'open' }, totalCount);
        connections.set({ state: 'idle' }, idleCount);
        connections.set({ state: 'waiting' }, waitingCount);
      },
    });
    registerReplicaMetrics(this, replicas);
  }
}
