import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Compaction } from './compaction.js';

const COMPACT_EVERY_MS = 1_000;

/** Moves deltas into the rollups in the background of the HTTP service, in one process at a time. */
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

  /** A command ends soon, so it leaves this work to the service. */
  onApplicationBootstrap(): void {
    // The application context of a command has no adapter; Nest's types omit this case.
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
      if (this.isFailing) this.logger.log('Moving deltas into the rollups works again.');
      this.isFailing = false;
    } catch (error) {
      // Logged once, not every second while the database is not available.
      if (!this.isFailing) {
        const [what] = String((error as Error).message).split('\n');
        this.logger.warn(
          `Moving deltas into the rollups failed (${what}). The service retries with smaller steps until it succeeds.`,
        );
      }
      this.isFailing = true;
    }
  }
}
