import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadConfig, StartupError, type Config } from './platform/config/index.js';
import { createLogger, type Logger } from './platform/logging/logger.js';
import { API_DOCS_PATH } from './platform/openapi/paths.js';
import type { Runtime } from './platform/runtime/index.js';

/** Requests in flight may take this long to finish when the service stops; then their connections are cut. */
const DRAIN_PATIENCE_MS = 30_000;
/** For the rest of closing, beyond draining: a frozen database must not keep the process. */
const CLOSE_PATIENCE_MS = 15_000;

/** Fills the database before the server listens, and gives what to tell the person once it does. */
export type Prologue = (app: INestApplicationContext) => Promise<(baseUrl: string) => void>;

/** The HTTP server with all that it stands on, from its start to its end. */
export class HttpService {
  private opening: Promise<Runtime> | null = null;
  private app: NestExpressApplication | null = null;
  private stopping: Promise<void> | null = null;

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  get isStopping(): boolean {
    return this.stopping !== null;
  }

  /**
   * Starts everything and says where it serves.
   *
   * @param prologue the demo; it takes no external database that holds anything
   * @throws StartupError with one sentence that says what is in the way
   */
  async start(prologue: Prologue | null): Promise<void> {
    const config = loadConfig(this.env);
    const logger = createLogger({
      level: config.logLevel,
      format: config.environment === 'production' ? 'json' : 'text',
      to: process.stdout,
    });
    await assertPortIsFree(config.port); // told now, not after the demo has been loaded
    // Loaded late: what is wrong so far was told at once, and the application loads while the database starts.
    const { openRuntime } = await import('./platform/runtime/open-runtime.js');
    if (this.isStopping) return;
    this.opening = openRuntime(config, {
      notify: (what) => logger.warn(what),
      mustBeEmpty: prologue !== null,
    });
    const [runtime, { createApp }] = await Promise.all([this.opening, import('./create-app.js')]);
    if (this.isStopping) return;
    const app = await createApp(runtime, logger);
    this.app = app;
    const epilogue = await prologue?.(app);
    if (this.isStopping) return;
    const baseUrl = await listen(app, config.port);
    announce(baseUrl, config, logger);
    epilogue?.(baseUrl);
  }

  /** Finishes the requests in flight, then lets go of everything; safe at any moment, and more than once. */
  stop(): Promise<void> {
    this.stopping ??= this.close();
    return this.stopping;
  }

  private async close(): Promise<void> {
    const runtime = await this.opening?.catch(() => null); // a start under way has to end first
    if (this.app !== null) {
      const server = this.app.getHttpServer();
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_PATIENCE_MS);
      await Promise.race([
        this.app.close(),
        sleep(DRAIN_PATIENCE_MS + CLOSE_PATIENCE_MS, null, { ref: false }),
      ]);
      clearTimeout(cut);
    }
    await runtime?.close();
  }
}

async function listen(app: NestExpressApplication, port: number): Promise<string> {
  try {
    await app.listen(port);
  } catch (error) {
    throw portFailure(error, port);
  }
  const { port: actualPort } = app.getHttpServer().address() as AddressInfo;
  return `http://localhost:${actualPort}`;
}

function assertPortIsFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(portFailure(error, port)));
    probe.listen(port, () => probe.close(() => resolve()));
  });
}

function portFailure(error: unknown, port: number): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new StartupError(
      `Port ${port} is in use; stop what uses it, or set PORT to another one (PORT=0 takes any).`,
    );
  }
  if (code === 'EACCES') {
    return new StartupError(`Port ${port} may not be opened by this user; set PORT to one from 1024 on.`);
  }
  return error as Error;
}

function announce(baseUrl: string, { environment }: Config, logger: Logger): void {
  if (environment === 'production') {
    logger.info({ baseUrl }, 'Serving.');
    return;
  }
  process.stdout.write(
    [
      '',
      `Serving at   ${baseUrl}`,
      `Swagger UI   ${baseUrl}${API_DOCS_PATH}`,
      'Ctrl-C ends it.',
      '',
      '',
    ].join('\n'),
  );
}
