import { availableParallelism, totalmem } from 'node:os';

const MB = 1024 * 1024;

/** Options of `openEmbedded` that only tests set. */
export interface Durability {
  /** False lets the database forget or break when the machine dies: for throw-away data only. */
  readonly durable: boolean;
}

/**
 * The server's settings, sized for this machine, as `postgres -c` arguments. They are given anew at every start,
 * so that a data folder moved to another machine fits it. Durability is PostgreSQL's default: every commit is flushed.
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
    // A quarter, as PostgreSQL's manual has it: an import of millions of lines comes back to pages of every index.
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

/** Several of these run side by side, each of them small. */
const THROW_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '256MB',
};

/** What this process may use: a container's limit where there is one. */
function memory_bytes(): number {
  const limit_bytes = process.constrainedMemory();
  return limit_bytes > 0 && limit_bytes < totalmem() ? limit_bytes : totalmem();
}
