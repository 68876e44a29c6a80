import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { DATABASE_SCHEMA, type DatabaseSchema } from '../database-schema.js';
import { lendBriefly } from '../lend.js';
import { lockSwapGate } from '../snapshot.js';
import { primaryPosition, type PrimaryPosition } from './primary-position.js';
import { Replica } from './replica.js';
import { serverIdentity } from './server-identity.js';

/** Injection token of the replicas' addresses. */
export const REPLICA_URLS = Symbol('REPLICA_URLS');

const LOOK_EVERY_MS = 1_000;

/** The streaming replicas of this service; it knows which of them reads can use now. */
@Injectable()
export class Replicas implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(Replicas.name);
  readonly all: readonly Replica[];
  private turn = 0;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | null = null;

  constructor(
    @InjectDataSource() private readonly primary: DataSource,
    @Inject(REPLICA_URLS) urls: readonly string[],
    @Inject(DATABASE_SCHEMA) schema: Pick<DatabaseSchema, 'swapGate'>,
    private readonly door: HttpAdapterHost,
  ) {
    this.all = urls.map((url, index) => new Replica(index + 1, url, primary, lockSwapGate(schema)));
  }

  /** Starts the checks only if there is an HTTP server: a command line program reads from the primary. */
  onApplicationBootstrap(): void {
    const { httpAdapter } = this.door as { readonly httpAdapter: object | null };
    if (httpAdapter === null || this.all.length === 0) return;
    this.timer = setInterval(() => this.lookAgain(), LOOK_EVERY_MS).unref();
    this.lookAgain();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** Closes the replicas after the running requests have been answered. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.all.map((replica) => replica.close()));
  }

  /** The next usable replica, in rotation; null if none is usable. */
  next(position: PrimaryPosition): Replica | null {
    const usable = this.all.filter((replica) => replica.follows(position));
    this.turn += 1;
    return usable[this.turn % usable.length] ?? null;
  }

  get anyIsUsable(): boolean {
    return this.all.some((replica) => replica.isUsable);
  }

  private lookAgain(): void {
    this.looking ??= this.look().finally(() => (this.looking = null));
  }

  private async look(): Promise<void> {
    try {
      const position = await primaryPosition(this.primary);
      const identity = await lendBriefly(this.primary, async (runner) =>
        serverIdentity((await runner.connect()) as PoolClient),
      );
      await Promise.all(this.all.map((replica) => replica.look(position, identity)));
    } catch (error) {
      // Without the primary, the replicas' state is unknown, and the service cannot answer anyway.
      this.logger.debug({ err: error });
    }
  }
}
