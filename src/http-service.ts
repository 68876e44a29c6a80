import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadConfig, StartupError, type Config } from './platform/config/index.js';
import { logLibraryOutput } from './platform/logging/library-output.js';
import { createLogger, type Logger } from './platform/logging/logger.js';
import { API_DOCS_PATH } from './platform/openapi/paths.js';
import type { AppliedMigrations, Runtime } from './platform/runtime/index.js';

/**
 * docs/operations.md, "How it ends": with the default grace time of 3 s, everything except transfers ends within 13 s.
 */
const REQUESTS_PATIENCE_MS = 10_000;
const TRANSFERS_PATIENCE_MS = 45_000;
/** Time from the end of the grace time until the process ends, if no transfer is running. */
const END_PATIENCE_MS = 12_000;
/** Minimum time for closing; it is limited so that a frozen database cannot keep the process running. */
const CLOSE_PATIENCE_MIN_MS = 1_500;

/** Fills the database before the server listens, and returns a function that prints more once it listens. */
export type Prologue = (app: INestApplicationContext) => Promise<(baseUrl: string) => void>;

/** The HTTP server with everything that it needs, from start to end. */
export class HttpService {
  private readonly ending = new AbortController();
  private opening: Promise<Runtime> | null = null;
  private app: NestExpressApplication | null = null;
  private stopping: Promise<void> | null = null;
  private grace_ms = 0;

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  get isStopping(): boolean {
    return this.stopping !== null;
  }

  /**
   * Starts everything and announces the server's address.
   *
   * @param prologue the demo; it refuses an external database that contains any table
   * @throws StartupError with one message that names the cause
   */
  async start(prologue: Prologue | null): Promise<void> {
    const config = loadConfig(this.env);
    this.grace_ms = config.shutdownGrace_seconds * 1_000;
    const logger = createLogger({
      level: config.logLevel,
      format: config.environment === 'production' ? 'json' : 'text',
      to: process.stdout,
    });
    logLibraryOutput(logger);
    await assertPortIsFree(config.port); // report it now, not after the demo has been loaded
    // Loaded late, so that wrong settings are reported at once, and the application loads while the database starts.
    const [{ openRuntime }, { SCHEMA }] = await Promise.all([
      import('./platform/runtime/open-runtime.js'),
      import('../migrations/index.js'),
    ]);
    if (this.isStopping) return;
    this.opening = openRuntime(config, SCHEMA, {
      notify: (what) => logger.warn(what),
      mustBeEmpty: prologue !== null,
      signal: this.ending.signal,
      onMigrated: (applied) => logMigrations(config, logger, applied),
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

  /**
   * Finishes running requests, then closes everything. Can be called at any time and more than once.
   *
   * @param options.gently keep accepting connections for the grace time (SHUTDOWN_GRACE_SECONDS), because clients may
   *   still send requests here
   */
  stop({ gently }: { readonly gently: boolean }): Promise<void> {
    this.ending.abort();
    this.stopping ??= this.close(gently);
    return this.stopping;
  }

  private async close(gently: boolean): Promise<void> {
    const grace_ms = gently ? this.grace_ms : 0;
    const deadline = performance.now() + grace_ms + END_PATIENCE_MS;
    const rest_ms = (): number => Math.max(deadline - performance.now(), CLOSE_PATIENCE_MIN_MS);
    // Wait for a running start first, because it may be starting a PostgreSQL.
    const runtime = await within(
      rest_ms(),
      this.opening?.catch(() => null),
    );
    const server = this.app?.getHttpServer();
    if (this.app !== null && server?.listening) {
      const { Draining } = await import('./platform/http/index.js');
      const limits = { grace_ms, requests_ms: REQUESTS_PATIENCE_MS, transfers_ms: TRANSFERS_PATIENCE_MS };
      await this.app.get(Draining, { strict: false }).end(server, limits);
    }
    await within(rest_ms(), this.app?.close());
    await within(rest_ms(), runtime?.close());
  }
}

/** The result of the promise; null if it does not resolve in time. */
function within<T>(patience_ms: number, promise: Promise<T> | undefined): Promise<T | null | undefined> {
  return Promise.race([promise, sleep(patience_ms, null, { ref: false })]);
}

/** Logs applied migrations; for a new database outside production only at level debug. */
function logMigrations(
  { environment }: Config,
  logger: Logger,
  { names, toNewDatabase }: AppliedMigrations,
): void {
  const which = toNewDatabase ? `all ${names.length} migrations to a new database` : names.join(', ');
  const level = toNewDatabase && environment !== 'production' ? 'debug' : 'info';
  logger[level]({ migrations: names }, `Applied ${which}.`);
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
      `Port ${port} is in use. Stop the program that uses it, or set PORT to another port (PORT=0 uses any free port).`,
    );
  }
  if (code === 'EACCES') {
    return new StartupError(`Port ${port} cannot be opened by this user. Set PORT to 1024 or higher.`);
  }
  return error as Error;
}

function announce(baseUrl: string, { environment, servesApiDocs }: Config, logger: Logger): void {
  if (environment === 'production') {
    logger.info({ baseUrl }, 'Serving.');
    return;
  }
  process.stdout.write(
    [
      '',
      `Serving at   ${baseUrl}`,
      ...(servesApiDocs ? [`Swagger UI   ${baseUrl}${API_DOCS_PATH}`] : []),
      'Ctrl-C ends it.',
      '',
      '',
    ].join('\n'),
  );
}
