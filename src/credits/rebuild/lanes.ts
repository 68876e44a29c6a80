import type { Client } from 'pg';
import { connectOwner } from '../../platform/database/owner-connection.js';

/** Settings of a session: much memory for sorts, and commits that do not wait for the disk; the swap does. */
const SETTINGS = `SET maintenance_work_mem = '256MB'; SET work_mem = '128MB'; SET synchronous_commit = off`;

/** Work for one session. */
export type LaneWork<T = unknown> = (client: Client) => Promise<T>;

/** Position in the queue. `first` is for long work that would otherwise run alone at the end. */
export type QueuePosition = 'first' | 'last';

/** A few sessions of the owner that work concurrently. Work is queued until a session is free. */
export class Lanes {
  private readonly idle: Client[];
  private readonly waiting: ((client: Client) => void)[] = [];
  private readonly running = new Set<Promise<unknown>>();
  private isClosed = false;

  private constructor(private readonly clients: readonly Client[]) {
    this.idle = [...clients];
  }

  /** Opens lanes for `work`. After its end or its error, running work is completed and queued work is dropped. */
  static async with<T>(ownerUrl: string, count: number, work: (lanes: Lanes) => Promise<T>): Promise<T> {
    const clients = await Promise.all(Array.from({ length: count }, () => connectOwner(ownerUrl)));
    const lanes = new Lanes(clients);
    try {
      await Promise.all(clients.map((client) => client.query(SETTINGS)));
      return await work(lanes);
    } finally {
      await lanes.close();
    }
  }

  /** Runs the work on the next free session. */
  async run<T>(work: LaneWork<T>, position: QueuePosition): Promise<T> {
    const client = this.idle.shift() ?? (await this.nextFree(position));
    if (this.isClosed) throw new Error('The lanes are closed.');
    const running = work(client);
    this.running.add(running);
    try {
      return await running;
    } finally {
      this.running.delete(running);
      // Released later, because code that awaited this work can first queue other work as `first`.
      setImmediate(() => this.release(client));
    }
  }

  private release(client: Client): void {
    const next = this.waiting.shift();
    if (next === undefined) this.idle.push(client);
    else next(client);
  }

  private nextFree(position: QueuePosition): Promise<Client> {
    return new Promise((resolve) => {
      if (position === 'first') this.waiting.unshift(resolve);
      else this.waiting.push(resolve);
    });
  }

  private async close(): Promise<void> {
    this.isClosed = true;
    await Promise.allSettled(this.running);
    await Promise.all(this.clients.map((client) => client.end()));
  }
}
