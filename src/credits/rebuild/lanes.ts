import type { Client } from 'pg';
import { connectOwner } from '../../platform/database/owner-connection.js';

/** What a session is set to: sorts in memory as far as that goes, and nobody waits for the disk before the swap does. */
const SETTINGS = `SET maintenance_work_mem = '256MB'; SET work_mem = '128MB'; SET synchronous_commit = off`;

/** What is done on a session that is lent for it. */
export type LaneWork<T = unknown> = (client: Client) => Promise<T>;

/** Where work waits: `first` for what would otherwise be left over at the end, when the other lanes have run dry. */
export type QueuePosition = 'first' | 'last';

/** Some sessions of the owner that work side by side; what is asked of them waits until one is free. */
export class Lanes {
  private readonly idle: Client[];
  private readonly waiting: ((client: Client) => void)[] = [];
  private readonly running = new Set<Promise<unknown>>();
  private isClosed = false;

  private constructor(private readonly clients: readonly Client[]) {
    this.idle = [...clients];
  }

  /** Lends lanes to work; once it has ended, or failed, they end what they are at and begin nothing more. */
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

  /** Does the work on the next free session. */
  async run<T>(work: LaneWork<T>, position: QueuePosition): Promise<T> {
    const client = this.idle.shift() ?? (await this.nextFree(position));
    if (this.isClosed) throw new Error('The lanes are closed.');
    const running = work(client);
    this.running.add(running);
    try {
      return await running;
    } finally {
      this.running.delete(running);
      // Whoever waited for this may ask for what goes first: a session is given on only then.
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
