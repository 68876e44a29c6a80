import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AwardBatchChunk } from './award-batch-chunk.js';

/** How often a process checks for batches that another process left unfinished. */
const POLL_INTERVAL_MS = 5_000;

/**
 * Records accepted batches in the background of the HTTP service, whichever process accepted them: at once, after a
 * restart, and after another process ended before its batch was finished. Only one process works at a time.
 */
@Injectable()
export class AwardBatchWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AwardBatchWorker.name);
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | null = null;
  private isAsked = false;
  private isStopping = false;

  constructor(
    private readonly chunk: AwardBatchChunk,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** Does nothing in commands, which run only for a short time. */
  onApplicationBootstrap(): void {
    if (!isHttpService(this.adapterHost)) return;
    this.timer = setInterval(() => this.wake(), POLL_INTERVAL_MS).unref();
    this.wake();
  }

  /** Waits for the running chunk. The next process continues with the rest. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.isStopping = true;
    await this.working;
  }

  /** Starts the work. If it is already running, it checks for batches once more. */
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
      this.logger.error(
        { err: error },
        'A part of a batch of awards could not be recorded; it is retried within seconds.',
      );
    }
  }
}

/** The application of a command has no adapter, contrary to Nest's types. */
function isHttpService({ httpAdapter }: { readonly httpAdapter: object | null }): boolean {
  return httpAdapter !== null;
}
