import { availableParallelism, totalmem } from 'node:os';

const MB = 1024 * 1024;

/** How safely the server stores data; only tests change it. */
export interface Durability {
  /** False: the database can lose or corrupt data when the machine fails. For disposable data only. */
  readonly durable: boolean;
}

/**
 * The server's settings for this machine, as `postgres -c` arguments. They are passed at every start, so they fit even
 * after the data folder has moved to another machine. Durability is PostgreSQL's default: every commit is flushed.
 */
export function serverSettings(port: number, { durable }: Durability): string[] {
  const memory_mb = Math.floor(memory_bytes() / MB);
  const between = (low: number, value: number, high: number): string =>
    `${Math.max(low, Math.min(Math.floor(value), high))}MB`;
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    // A quarter, as PostgreSQL's manual recommends: a large import uses the pages of every index again and again.
    shared_buffers: between(32, memory_mb / 4, 8192),
    effective_cache_size: between(128, memory_mb / 2, 65_536),
    work_mem: between(4, memory_mb / 256, 32),
    maintenance_work_mem: between(32, memory_mb / 16, 512),
    max_wal_size: '8GB',
    min_wal_size: '256MB',
    wal_compression: 'on',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    jit: 'off',
    max_parallel_workers: String(availableParallelism()),
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'ISO',
    log_checkpoints: 'off',
    ...(durable ? {} : THROW_AWAY),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Settings for disposable data. Several such servers run at the same time, each of them small. */
const THROW_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_compression: 'off',
  max_wal_size: '1GB',
  shared_buffers: '256MB',
};

/** Memory that this process can use: the container's limit if there is one. */
function memory_bytes(): number {
  const limit_bytes = process.constrainedMemory();
  return limit_bytes > 0 && limit_bytes < totalmem() ? limit_bytes : totalmem();
}
