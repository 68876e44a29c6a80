import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AwardBatchChunk } from './award-batch-chunk.js';

/** How often a process looks for what another one has left behind. */
const LOOK_AROUND_MS = 5_000;

/**
 * Records accepted batches in the background of the HTTP service, whatever process has accepted them: at once, after a
 * restart, and where another process has ended midway. One process works at a time.
 */
@Injectable()
export class AwardBatchWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AwardBatchWorker.name);
  private lookingAround: NodeJS.Timeout | undefined;
  private working: Promise<void> | null = null;
  private isAsked = false;
  private isStopping = false;

  constructor(
    private readonly chunk: AwardBatchChunk,
    private readonly door: HttpAdapterHost,
  ) {}

  /** A command that runs for a moment leaves the work to the service. */
  onApplicationBootstrap(): void {
    if (!isHttpDoor(this.door)) return;
    this.lookingAround = setInterval(() => this.wake(), LOOK_AROUND_MS).unref();
    this.wake();
  }

  /** Ends the chunk that is being recorded, and leaves the rest to whoever comes next. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.lookingAround);
    this.isStopping = true;
    await this.working;
  }

  /** Starts to work, or sees to it that whoever is at work looks once more. */
  wake(): void {
    this.isAsked = true;
    if (this.isStopping) return;
    this.working ??= this.work().finally(() => {
      this.working = null;
      if (this.isAsked) this.wake();
    });
  }

  private async work(): Promise<void> {
    this.isAsked = false;
    try {
      while (!this.isStopping && (await this.chunk.recordNext()));
    } catch (error) {
      this.logger.error({ err: error }, 'A batch of awards could not be worked on; it is tried again soon.');
    }
  }
}

/** Nest's types leave out that the application of a command has no adapter. */
function isHttpDoor({ httpAdapter }: { readonly httpAdapter: object | null }): boolean {
  return httpAdapter !== null;
}
