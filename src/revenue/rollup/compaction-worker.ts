import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Compaction } from './compaction.js';

const COMPACT_EVERY_MS = 1_000;

/** Moves deltas into the rollups in the background of the HTTP service; one process at a time does it. */
@Injectable()
export class CompactionWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CompactionWorker.name);
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | null = null;
  private isStopping = false;
  private isFailing = false;

  constructor(
    private readonly compaction: Compaction,
    private readonly door: HttpAdapterHost,
  ) {}

  /** A command that runs for a moment leaves the work to the service. */
  onApplicationBootstrap(): void {
    // Nest's types leave out that the application of a command has no adapter.
    if ((this.door.httpAdapter as object | null) === null) return;
    this.timer = setInterval(() => {
      this.working ??= this.work().finally(() => (this.working = null));
    }, COMPACT_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.isStopping = true;
    await this.working;
  }

  private async work(): Promise<void> {
    try {
      let mayBeMore = true;
      while (mayBeMore && !this.isStopping && !(await this.compaction.canWait())) {
        mayBeMore = await this.compaction.moveSome();
      }
      if (this.isFailing) this.logger.log('Kept sums can be brought up to date again.');
      this.isFailing = false;
    } catch (error) {
      // Once, not each second for as long as the database is away.
      if (!this.isFailing) {
        const [what] = String((error as Error).message).split('\n');
        this.logger.warn(
          `Kept sums could not be brought up to date (${what}); it is tried again, in smaller steps, until it works.`,
        );
      }
      this.isFailing = true;
    }
  }
}
