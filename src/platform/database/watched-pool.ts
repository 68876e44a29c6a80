import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DatabaseSilent } from './database-silent.js';
import { ServerWatch } from './server-watch.js';

type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: unknown) => void,
) => void;

/** Parts of the driver that its types leave out. */
interface DriverClient extends pg.PoolClient {
  /** The statement that is running. */
  readonly _activeQuery: object | null;
  readonly connectionParameters: { readonly query_timeout: number | false };
  /** I: outside a transaction. */
  getTransactionStatus(): 'I' | 'T' | 'E' | null;
}

/** A running statement and the time since which it was seen. */
interface Asked {
  readonly query: object;
  readonly since_ms: number;
}

/**
 * The driver's pool, extended for a server that does not answer: waiting callers fail with DatabaseSilent, and new ones
 * fail at once until the server answers again. It does not reuse a connection that comes back during a statement or
 * transaction.
 */
export class WatchedPool extends pg.Pool {
  private readonly logger = new Logger('Database');
  private readonly connected = new Set<DriverClient>();
  /** Lent connections, with the statement that each was running at the last tick. */
  private readonly lent = new Map<DriverClient, Asked | null>();
  private readonly waiters = new Set<(error: Error) => void>();
  private readonly watch: ServerWatch;

  constructor(config: pg.PoolConfig) {
    super(config);
    this.watch = new ServerWatch(config, {
      isAwaited: () => this.isAwaited(),
      bytesRead: () => this.bytesRead(),
      onTick: () => this.endStuck(),
      onSilence: () => this.giveUp(),
      onAnswer: () => this.logger.log('The database answers again.'),
    });
    this.on('connect', (client) => this.connected.add(client as DriverClient));
    this.on('remove', (client) => this.connected.delete(client as DriverClient));
    this.on('acquire', (client) => this.lent.set(client as DriverClient, null));
    this.on('release', (_error, client) => this.takeBack(client as DriverClient));
  }

  /** Lends a connection, as the driver does. */
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<pg.PoolClient> | undefined {
    if (callback !== undefined) {
      this.lend(callback);
      return undefined;
    }
    return new Promise((resolve, reject) => {
      this.lend((error, client) => {
        if (client === undefined) reject(error ?? new DatabaseSilent());
        else resolve(client);
      });
    });
  }

  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | undefined {
    this.watch.stop();
    if (callback === undefined) return super.end();
    super.end(callback);
    return undefined;
  }

  private lend(callback: Callback): void {
    if (this.watch.isSilent) {
      process.nextTick(callback, new DatabaseSilent(), undefined, () => {});
      return;
    }
    this.watch.start();
    const giveUp = (error: Error): void => callback(error, undefined, () => {});
    this.waiters.add(giveUp);
    super.connect((error, client, release) => {
      if (this.waiters.delete(giveUp)) callback(error, client, release);
      else if (client !== undefined) release(); // too late: the waiter has already failed
    });
  }

  /**
   * Ends a connection that comes back in use. `end` sets `_ending`, and the pool (pg-pool 3, `_release`) drops such
   * clients.
   */
  private takeBack(client: DriverClient): void {
    this.lent.delete(client);
    const isInUse = client._activeQuery !== null || client.getTransactionStatus() !== 'I';
    if (isInUse) void (client as unknown as pg.Client).end();
  }

  private isAwaited(): boolean {
    const isConnecting = this.totalCount > this.connected.size;
    return isConnecting || [...this.lent.keys()].some((client) => client._activeQuery !== null);
  }

  private bytesRead(): number {
    let bytes = 0;
    for (const client of this.connected) bytes += streamOf(client).bytesRead;
    return bytes;
  }

  /**
   * For a server that answers: a statement beyond its timeout, which the server should have ended, has a lost
   * connection.
   */
  private endStuck(): void {
    const now_ms = performance.now();
    for (const [client, asked] of this.lent) {
      const query = client._activeQuery;
      const limit_ms = client.connectionParameters.query_timeout || Infinity;
      if (query === null) this.lent.set(client, null);
      else if (query !== asked?.query) this.lent.set(client, { query, since_ms: now_ms });
      else if (now_ms - asked.since_ms > limit_ms) streamOf(client).destroy(new DatabaseSilent());
    }
  }

  private giveUp(): void {
    this.logger.warn('The database does not answer; requests that need it get 503 until it does.');
    for (const client of this.lent.keys()) streamOf(client).destroy(new DatabaseSilent());
    const waiters = [...this.waiters];
    this.waiters.clear();
    for (const giveUp of waiters) giveUp(new DatabaseSilent());
  }
}

function streamOf(client: pg.PoolClient): Socket {
  return client.connection.stream as Socket;
}
